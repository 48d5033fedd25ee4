import type { Burst } from '../../src/conversation/burst';
import { gatherBurst } from '../../src/conversation/burst';
import { readUnderstanding } from '../../src/conversation/read-understanding';
import type { ExpectedAnswer } from '../../src/core/company/expected-answer';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { NEW_THREAD } from '../../src/core/lifecycle/thread-record';
import { sampleConversation } from '../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const REASON: ExpectedAnswer = { name: 'reason', question: 'Why?', type: 'text', required: true };
const START: ExpectedAnswer = { name: 'start', question: 'When?', type: 'date', required: true };
const PAY: ExpectedAnswer = { name: 'pay', question: 'How much?', type: 'amount', required: true };
const COMES: ExpectedAnswer = { name: 'comes', question: 'Do you come?', type: 'yes_no', required: true };
const COUNT: ExpectedAnswer = { name: 'count', question: 'How many?', type: 'number', required: true };
const EXPECTED = [REASON, START, PAY, COMES, COUNT];
const NOTHING = { answers: {}, asks: 'none', stop: 'none', stop_quote: null, language: 'en' };

const asked = (requestId: string, expected: readonly ExpectedAnswer[], changes: Partial<Conversation> = {}) =>
  sampleConversation({ now: NOW, requestId, changes: { expected_answers: expected, ...changes } });
const CONVERSATION = asked('1', EXPECTED);
const { conversation_id: ID } = CONVERSATION;

function burst(texts: readonly string[], conversations: readonly Conversation[] = [CONVERSATION]): Burst {
  const thread = {
    ...NEW_THREAD, company_id: 'brightpath', channel_method: 'sms' as const, time_to_live: 1,
    message_sequence: texts.length, last_change: '',
  };
  const lines = texts.map((content, index) => ({
    sequence: index + 1, role: 'user' as const, message_id: `m${index + 1}`, timestamp: '2026-11-02T09:00:00.000Z',
    conversation: ID, content,
  }));
  return gatherBurst(thread, lines, conversations);
}

const quoting = (value: string, quote = value) => ({ value, quote });
const read = (values: object, given: Burst, language = 'en-GB') =>
  readUnderstanding({ ...NOTHING, ...values }, given, () => language);

describe('an answer', () => {
  test('of every type is kept with the recipient\'s own words and their message', () => {
    const answers = {
      '1.reason': quoting('family', 'because of my family'), '1.start': quoting('2027-03-12', '12 March 2027'),
      '1.pay': quoting('GBP 42.5', '£42.50'), '1.comes': quoting('yes', 'Yes'), '1.count': quoting('7', '7'),
    };
    const texts = ['Yes', 'I left because of my family', 'From 12 March 2027', 'It is £42.50', 'We are 7'];
    expect(read({ answers }, burst(texts))).toEqual({
      answers: {
        [ID]: {
          comes: { value: true, quote: 'Yes', message_id: 'm1', position: 1 },
          reason: { value: 'because of my family', quote: 'because of my family', message_id: 'm2', position: 2 },
          start: { value: '2027-03-12', quote: '12 March 2027', message_id: 'm3', position: 3 },
          pay: { value: { amount: 42.5, currency: 'GBP' }, quote: '£42.50', message_id: 'm4', position: 4 },
          count: { value: 7, quote: '7', message_id: 'm5', position: 5 },
        },
      },
    });
  });

  test.each<[string, object, string]>([
    ['is quoted from nowhere', { '1.reason': quoting('family') }, 'I was ill'],
    ['is turned round by the words before it', { '1.start': quoting('2027-03-12', '12 March 2027') },
      'not before 12 March 2027'],
    ['has another value than its quote', { '1.start': quoting('2027-03-13', '12 March 2027') }, '12 March 2027'],
    ['is yes where the words say no', { '1.comes': quoting('yes', 'No') }, 'No'],
    ['is doubted by the words beside it', { '1.start': quoting('2027-03-12', '12 March 2027') }, 'maybe 12 March 2027'],
    ['has a quote that says nothing of the kind', { '1.pay': quoting('GBP 42', 'a lot') }, 'a lot'],
  ])('that %s is not kept, and a person sees it', (_what, answers, text) => {
    expect(read({ answers }, burst([text]))).toEqual({ answers: {}, hand_off: 'answer_unclear' });
  });

  test('is proved by the newest message that holds its words, and taken back there, it is none', () => {
    const answers = { '1.start': quoting('2027-03-12', '12 March 2027') };
    const again = burst(['12 March 2027', 'I am ill', 'Yes, 12 March 2027']);
    const { message_id, sequence: position } = again.messages.at(-1) ?? {};
    expect(read({ answers }, again)?.answers[ID]).toMatchObject({ start: { message_id, position } });
    const back = burst(['12 March 2027', 'Sorry, not 12 March 2027']);
    expect(read({ answers }, back)).toEqual({ answers: {}, hand_off: 'answer_unclear' });
  });

  test('that nobody asked for, or that is null, is nothing at all', () => {
    const answers = { '1.reason': null, '2.reason': quoting('ill'), 'constructor': quoting('ill') };
    expect(read({ answers }, burst(['I was ill']))).toEqual({ answers: {} });
  });

  test('shares its words with none of the same type, though a date may stand in the words that explain it', () => {
    const other = { ...REASON, name: 'other' };
    const given = burst(['ill until 12 March 2027'], [asked('1', [REASON, other, START])]);
    const words = quoting('ill until 12 March 2027');
    const date = quoting('2027-03-12', '12 March 2027');
    expect(read({ answers: { '1.reason': words, '1.start': date } }, given)?.answers[ID]).toMatchObject({
      reason: { value: 'ill until 12 March 2027' }, start: { value: '2027-03-12' },
    });
    expect(read({ answers: { '1.reason': words, '1.other': words } }, given)).toEqual({
      answers: {}, hand_off: 'answer_unclear',
    });
  });

  test('of one type is not in the very words of another', () => {
    const answers = { '1.reason': quoting('yes'), '1.comes': quoting('yes') };
    expect(read({ answers }, burst(['yes']))).toEqual({ answers: {}, hand_off: 'answer_unclear' });
  });

  test.each([
    ['ro-RO', 'Nu pe 12 martie 2027', '12 martie 2027'], ['tr-TR', '12 Mart 2027 olmaz', '12 Mart 2027'],
  ])('in %s is denied by that language\'s words', (language, text, quote) => {
    const answers = { '1.start': quoting('2027-03-12', quote) };
    expect(read({ answers }, burst([quote]), language)?.answers[ID]).toHaveProperty('start');
    expect(read({ answers }, burst([text]), language)).toEqual({ answers: {}, hand_off: 'answer_unclear' });
  });

  test('in Arabic begins behind an "and" that is written as part of its word', () => {
    const answers = { '1.comes': quoting('yes', 'نعم نريد') };
    expect(read({ answers }, burst(['نحن 4 ضيوف، ونعم نريد']), 'ar-EG')?.answers[ID]).toMatchObject({
      comes: { value: true, quote: 'نعم نريد' },
    });
    expect(read({ answers }, burst(['أونعم نريد']), 'ar-EG')?.answers).toEqual({});
  });

  test('to a question that two conversations ask goes to a person, unless the other has its answer', () => {
    const kept = { value: 'x', quote: 'x', message_id: 'm', at: '2026-11-02T09:00:00.000Z', version: 1 };
    const answers = { '1.reason': quoting('I was ill') };
    const both = [CONVERSATION, asked('2', [REASON])];
    expect(read({ answers }, burst(['I was ill'], both))).toEqual({ answers: {}, hand_off: 'answer_unclear' });
    const one = [CONVERSATION, asked('2', [REASON], { answers: { reason: kept } })];
    expect(read({ answers }, burst(['I was ill'], one))?.answers[ID]).toHaveProperty('reason');
  });

  test('in English is read under a template of another language, and in that language', () => {
    const answers = { '1.start': quoting('2027-03-12', '12 March 2027') };
    expect(read({ answers }, burst(['12 March 2027']), 'de-DE')?.answers[ID]).toHaveProperty('start');
    const german = { '1.start': quoting('2027-03-12', '12. März 2027') };
    expect(read({ answers: german }, burst(['12. März 2027']), 'de-DE')?.answers[ID]).toHaveProperty('start');
  });
});

describe('beside the answers', () => {
  test.each([
    ['person', 'asked_for_person'], ['question', 'question'], ['complaint', 'complaint'],
  ])('whoever asks (%s) reaches a person as %s', (asks, reason) => {
    expect(read({ asks }, burst(['What is this?']))).toEqual({ answers: {}, hand_off: reason });
  });

  test.each<[string, object]>([
    ['is unsure', { stop: 'unsure', stop_quote: 'leave me' }],
    ['has no quote', { stop: 'clear' }],
    ['is quoted from nowhere', { stop: 'clear', stop_quote: 'lose my number' }],
  ])('a stop that %s goes to a person, before all else that is asked', (_what, values) => {
    expect(read({ asks: 'complaint', ...values }, burst(['leave me']))).toEqual({
      answers: {}, hand_off: 'stop_unclear',
    });
  });

  test('a stop in the recipient\'s words is one, whatever else is asked', () => {
    expect(read({ asks: 'complaint', stop: 'clear', stop_quote: 'leave me alone' }, burst(['Leave me alone!'])))
      .toEqual({ answers: {}, stop: true });
  });
});

test.each<object>([{ asks: 'weather' }, { answers: [] }, { stop_quote: 7 }, { answers: { '1.reason': 'ill' } }])(
  'an answer of another form is none: %j', (values) => {
    expect(read(values, burst(['ill']))).toBeUndefined();
  },
);
