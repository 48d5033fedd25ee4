import { answerCardSchema, neededFacts } from '../../../src/core/company/answer-card';
import { inLanguage } from '../../../src/core/company/by-language';
import { cardContent } from '../../../src/core/company/card-content';

const CARD = answerCardSchema.parse({
  card_id: 'place', version: 3, when: 'They ask where.', channels: ['sms', 'email'],
  languages: { 'en-GB': { text: 'At {{place}}.' }, 'de': { text: 'Hier: {{place}}.', subject: 'Ihr Arbeitsort' } },
  variables: { place: { description: 'Place', max_length: 40, copy_of: 'knowledge.place' } },
});

test('a card is a template of its channel, in the language that is asked for', () => {
  expect(cardContent(CARD, { channel: 'sms', language: 'en', subject: '' })).toEqual({
    channel: 'sms',
    template: { name: 'place', version: 3, language: 'en-GB', variables: CARD.variables, body: 'At {{place}}.' },
  });
});

test('a mail has the card\'s subject, or the one of the mail that is answered', () => {
  const subject = 'Re: Your application';
  expect(cardContent(CARD, { channel: 'email', language: 'de', subject })?.template.subject).toBe('Ihr Arbeitsort');
  expect(cardContent(CARD, { channel: 'email', language: 'en-GB', subject })?.template.subject).toBe(subject);
});

test('the first reply of a day begins with the disclosure', () => {
  const content = cardContent(CARD, { channel: 'sms', language: 'en', subject: '', disclosure: 'A machine writes.' });
  expect(content?.template.body).toBe('A machine writes.\n\nAt {{place}}.');
});

test('a card has no words on a channel that it is not for, and in a language that it does not speak', () => {
  expect(cardContent(CARD, { channel: 'whatsapp', language: 'en', subject: '' })).toBeUndefined();
  expect(cardContent(CARD, { channel: 'sms', language: 'pl', subject: '' })).toBeUndefined();
});

test.each([
  ['en-GB', 'British'], ['EN-gb', 'British'], ['en-US', 'English'], ['en', 'English'], ['de-AT', 'German'], ['fr', undefined],
])('the words for %s are %s', (language, expected) => {
  const words = { 'en-GB': 'British', 'en': 'English', 'de-CH': 'German' };
  expect(inLanguage(words, language)?.value).toBe(expected);
});

test('a card needs the facts that it names, and those that it copies without other words for them', () => {
  const copied = (copy_of: string, more: object = {}) => ({ description: 'x', max_length: 9, required: true, copy_of, ...more });
  expect(neededFacts({
    needs: ['project_data.site'],
    variables: {
      pay: copied('knowledge.pay'),
      site: copied('project_data.site'),
      day: copied('project_data.day', { fallback: 'soon' }),
      hint: copied('knowledge.hint', { required: false }),
      name: copied('recipient_data.recipient_first_name'),
      note: { description: 'x', max_length: 9, required: true, facts: ['knowledge.note'] },
    },
  })).toEqual(['project_data.site', 'knowledge.pay']);
});
