import type { Assistant } from '../../../src/core/company/assistant';
import { currentKnowledge, parseAssistant } from '../../../src/core/company/assistant';
import { engineReplyLimits } from '../../../src/core/company/assistant-settings';
import { CARD_LIMITS } from '../../../src/core/company/answer-card';
import { readCompanySettings } from '../../../src/core/company/company-settings';
import { resourceNames } from '../../../src/core/names';
import { sampleCompany } from '../../../tools/local-stage/sample/company';
import { SAMPLE_ASSISTANT, SAMPLE_CARDS, SAMPLE_KNOWLEDGE } from '../../../tools/local-stage/sample/answers';

const [CARD] = SAMPLE_CARDS;
const RECORD = { answer_cards: SAMPLE_CARDS, knowledge: SAMPLE_KNOWLEDGE, assistant: SAMPLE_ASSISTANT, replies: 'answer' };

function faultsOf(change: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = parseAssistant({ ...RECORD, ...change });
  return parsed.valid ? [] : parsed.faults.map(({ path, message }) => `${path} ${message}`);
}

function faultsOfCard(change: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf({ answer_cards: [{ ...CARD, ...change }] });
}

function faultsOfSettings(change: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf({ assistant: { ...SAMPLE_ASSISTANT, ...change } });
}

function read(record: Readonly<Record<string, unknown>>): Assistant {
  const parsed = parseAssistant(record);
  if (!parsed.valid || !parsed.value) throw new Error(`No assistant: ${JSON.stringify(parsed)}`);
  return parsed.value;
}

test('the sample company answers by its cards', () => {
  const { cards, knowledge, settings } = read(RECORD);
  expect(cards.map(({ card_id: id }) => id)).toEqual(SAMPLE_CARDS.map(({ card_id: id }) => id));
  expect(knowledge).toHaveLength(SAMPLE_KNOWLEDGE.length);
  expect(settings.time_zone).toBe('Europe/London');
});

test('what a card leaves out is filled in: no variables, and nothing is waited for', () => {
  const { card_id, version, when, languages } = CARD;
  expect(read({ ...RECORD, answer_cards: [{ card_id, version, when, languages }] }).cards).toEqual([
    { card_id, version, when, languages, variables: {}, then: 'rest' },
  ]);
});

test('a project without an assistant has none, whatever null stands there', () => {
  expect(parseAssistant({})).toEqual({ valid: true, value: undefined });
  const empty = { answer_cards: null, knowledge: null, assistant: null };
  expect(parseAssistant(empty)).toEqual({ valid: true, value: undefined });
});

test('a project that answers needs the sentences, and a card', () => {
  expect(faultsOf({ assistant: undefined })).toContain(
    'assistant is missing: replies: answer needs disclosure and hand_off',
  );
  expect(faultsOf({ answer_cards: [] })).toEqual(['answer_cards is empty: replies: answer needs one card at least']);
});

test('sixty cards are taken, and not one more', () => {
  const cards = (count: number) =>
    Array.from({ length: count }, (_unused, index) => ({ ...CARD, card_id: `card_${index}` }));
  expect(faultsOf({ answer_cards: cards(CARD_LIMITS.cards) })).toEqual([]);
  expect(faultsOf({ answer_cards: cards(61) })).toEqual(['answer_cards must hold at most 60']);
});

test('cards and facts have a size of their own, whatever their number', () => {
  const long = Array.from({ length: 8 }, (_unused, index) => (
    { ...CARD, card_id: `card_${index}`, languages: { en: { text: 'x'.repeat(19_000) } } }
  ));
  expect(faultsOf({ answer_cards: long })).toEqual(['answer_cards must be at most 128 KB as JSON']);
  const facts = Array.from({ length: 40 }, (_unused, index) => ({ name: `fact_${index}`, value: 'x'.repeat(1_990) }));
  expect(faultsOf({ knowledge: facts })).toEqual(['knowledge must be at most 64 KB as JSON']);
});

test('two cards or facts of one name are a fault', () => {
  expect(faultsOf({ answer_cards: [CARD, CARD] })).toEqual(['answer_cards.1.card_id is used twice: ask_start_date']);
  expect(faultsOf({ knowledge: [...SAMPLE_KNOWLEDGE, { name: 'shifts', value: 'x' }] })).toEqual([
    'knowledge.4.name is used twice: shifts',
  ]);
});

test('a language in which the company says nothing of the assistant is spoken by no card', () => {
  expect(faultsOfCard({ languages: { ...CARD.languages, fr: { text: 'Merci.' } } })).toEqual([
    'answer_cards.0.languages.fr needs assistant.disclosure in this language',
    'answer_cards.0.languages.fr needs assistant.hand_off in this language',
  ]);
  // A sentence in German serves a card in Austrian German.
  expect(faultsOfCard({ languages: { 'de-AT': { text: 'Danke.' } } })).toEqual([]);
});

test.each([
  ['no name', { card_id: '__proto__' }, /card_id must be a name of at most 40/],
  ['no version', { version: 0 }, /version must be at least 1/],
  ['nothing to choose it by', { when: '' }, /when must not be empty/],
  ['no language', { languages: {} }, /languages must hold one language at least/],
  ['no language known to anybody', { languages: { english: { text: 'x' } } }, /languages.english must be a language such as en/],
  ['an empty text', { languages: { en: { text: ' ' } } }, /languages.en.text must not be empty/],
  ['a text that turns its own order', { languages: { en: { text: 'Call \u202e5050' } } }, /text holds a sign that no program shows/],
  ['a control character', { languages: { en: { text: '\u001b[2J' } } }, /text holds a sign/],
  ['a subject of two lines', { languages: { en: { text: 'x', subject: 'a\nBcc: b' } } }, /subject holds a sign/],
  ['a variable in its subject', { languages: { en: { text: 'x', subject: '{{name}}' } } }, /subject must hold no variable/],
  ['a channel that there is not', { channels: ['fax'] }, /channels.0 must be one of/],
  ['a need that is no path', { needs: ['pay'] }, /needs.0 must be a path such as knowledge.opening_hours/],
  ['a variable that WhatsApp cannot name', { variables: { hourly_pay_for_job: { description: 'x', max_length: 9 } } }, /must have a name of at most 16/],
  ['an afterwards of its own', { then: 'call' }, /then must be one of rest, await, hand_off/],
])('a card is refused that has %s', (_what, change, message) => {
  expect(faultsOfCard(change).join('; ')).toMatch(message);
});

test('what the recipient wrote is repeated alone', () => {
  const variable = { description: 'Their day', max_length: 20, from: 'recipient' };
  expect(faultsOfCard({ variables: { day: variable } })).toEqual([]);
  expect(faultsOfCard({ variables: { day: { ...variable, facts: ['project_data.day'] } } }).join()).toMatch(
    /variables.day.from must stand alone/,
  );
});

test('what is sent without a model is one card, and has nothing that a model would write', () => {
  const written = { day: { description: 'x', max_length: 20 } };
  expect(faultsOfCard({ on: ['media'], variables: written })).toEqual([
    'answer_cards.0.variables.day must have copy_of: the card is sent without a model',
  ]);
  const twice = [{ ...CARD, card_id: 'one', buttons: ['pay'] }, { ...CARD, card_id: 'two', buttons: ['pay'] }];
  expect(faultsOf({ answer_cards: twice })).toEqual(["answer_cards.1.buttons is another card's already: pay"]);
});

test.each([
  ['a disclosure without the way to a person', { disclosure: { en: 'A machine writes.', de: 'x MENSCH' } }, /disclosure.en must name in capitals .* PERSON, HUMAN/],
  ['its word in small letters alone', { disclosure: { en: 'No person reads this.', de: 'x MENSCH' } }, /disclosure.en must name/],
  ['a time zone that there is not', { time_zone: 'Mars/Olympus' }, /time_zone must be a time zone such as/],
  ['hours of another form', { hours: { monday: '9-17' } }, /hours.monday must be hours such as 09:00-17:30/],
  ['a day that there is not', { closed_on: ['2026-02-30'] }, /closed_on.0 must be a day such as/],
  ['a variable that nothing fills', { hand_off: { en: 'Dear {{name}}', de: 'x' } }, /hand_off.en must hold no variable/],
  ['another variable outside the hours', { outside_hours: { en: '{{date}} {{who}}' } }, /must hold no variable but \{\{date\}\} and \{\{time\}\}/],
  ['limits without a limit', { limits: { replies_in_a_row: 1_000 } }, /replies_in_a_row must be at most 10/],
])('settings are refused that have %s', (_what, change, message) => {
  expect(faultsOfSettings(change).join('; ')).toMatch(message);
});

test('a fact is true to the end of its last day by the clocks of the project', () => {
  const knowledge = [{ name: 'pay', value: 20, valid_until: '2026-12-31' }, { name: 'place', value: 'Leeds' }];
  const known = (zone: string, now: string) => currentKnowledge(
    read({ ...RECORD, knowledge, assistant: { ...SAMPLE_ASSISTANT, time_zone: zone } }), Date.parse(now),
  );
  expect(known('Europe/London', '2026-12-31T23:59:00Z')).toEqual({ pay: 20, place: 'Leeds' });
  expect(known('Europe/London', '2027-01-01T00:00:00Z')).toEqual({ place: 'Leeds' });
  expect(known('Pacific/Auckland', '2026-12-31T12:00:00Z')).toEqual({ place: 'Leeds' });
});

test('the engine stops after the replies that the project allows, else after those of the channel', () => {
  expect(engineReplyLimits({}, 'whatsapp')).toEqual({ perHour: 4, perDay: 12, inARow: 3 });
  expect(engineReplyLimits({ limits: { replies_per_day: 2 } }, 'email')).toEqual({ perHour: 2, perDay: 2, inARow: 2 });
});

test('a project whose answers cannot be read sends its messages all the same', () => {
  const record = sampleCompany(resourceNames('dev'), '2026-11-30T12:00:00.000Z');
  const broken = { ...record, replies: 'answer', answer_cards: 'none', knowledge: 7, assistant: [] };
  expect(readCompanySettings(broken, 'sms').complete).toBe(true);
  expect(parseAssistant(broken).valid).toBe(false);
});
