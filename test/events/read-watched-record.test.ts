import type { Conversation } from '../../src/core/lifecycle/conversation';
import { readWatchedRecord } from '../../src/events/read-watched-record';
import { sampleConversation } from '../support/sample-message';

const AT = '2026-11-22T10:00:00.000Z';
const THREAD = { primary_channel: 'thread#t1', conversation_id: 'thread' };
const REPLY = { primary_channel: 'thread#t1', conversation_id: 'message#000000000002' };
const OPT_OUT = { primary_channel: '+447700900123', conversation_id: 'opt-out' };
const CONVERSATION = sampleConversation({ now: Date.parse(AT) });

/** Records that hold the same thing under every key, and the questions for newest conversations. */
function stored(item?: Readonly<Record<string, unknown>>, conversation?: Conversation) {
  const asked: unknown[] = [];
  return {
    asked,
    item: async () => { asked.push('item'); return Promise.resolve(item); },
    conversation: async () => Promise.resolve(conversation),
    newestOfProjects: async (partition: string, senders: readonly string[]) => {
      asked.push([partition, senders]);
      return Promise.resolve([{ sender: '447700900002', conversation: 'c1' }]);
    },
  };
}

test('a conversation is read as one, if it is there', async () => {
  const { primary_channel, conversation_id } = CONVERSATION;
  const key = { primary_channel, conversation_id };
  expect(await readWatchedRecord(key, stored(undefined, CONVERSATION))).toEqual({
    kind: 'conversation', conversation: CONVERSATION,
  });
  expect(await readWatchedRecord(key, stored({ any: 'item' }))).toBeUndefined();
});

test.each([
  ['a request', { primary_channel: 'request#brightpath#hiring', conversation_id: 'a#b#c#d' }],
  ['a session', { primary_channel: 'session#hash', conversation_id: 'session' }],
  ['a vendor\'s identifier of a message', { primary_channel: 'thread#t1', conversation_id: 'vendor-message#SM1' }],
  ['what no engine of ours wrote', { primary_channel: '+447700900123', conversation_id: 'note' }],
])('clients learn nothing of %s, and it is not read', async (_words, key) => {
  const records = stored({ any: 'item' }, CONVERSATION);
  expect(await readWatchedRecord(key, records)).toBeUndefined();
  expect(records.asked).toEqual([]);
});

test.each([THREAD, REPLY, OPT_OUT])('a record that is gone is none: %p', async (key) => {
  expect(await readWatchedRecord(key, stored())).toBeUndefined();
});

describe('a thread', () => {
  test('is its company, channel, entries and the newest conversation that expects answers', async () => {
    const entry = { at: AT, event: 'handed_off', reason: 'asked_for_person' };
    const item = {
      company_id: 'brightpath', channel_method: 'sms', expecting: ['older', 'newer'], time_to_live: 7,
      history: [entry, { at: AT }, 'odd', null],
    };
    expect(await readWatchedRecord(THREAD, stored(item))).toEqual({
      kind: 'thread', thread: 't1', company: 'brightpath', channel: 'sms', history: [entry], conversation: 'newer',
      timeToLive: 7,
    });
  });

  test('may lack everything but its company', async () => {
    expect(await readWatchedRecord(THREAD, stored({ company_id: 'brightpath', expecting: [], time_to_live: '7' }))).toEqual({
      kind: 'thread', thread: 't1', company: 'brightpath', history: [],
    });
    expect(await readWatchedRecord(THREAD, stored({ history: [] }))).toBeUndefined();
  });
});

describe('a reply', () => {
  const WRITTEN = { message_id: 'm1', timestamp: AT, reply_to: 'c1', role: 'user', content: 'hello', time_to_live: 7 };

  test('is its place and the conversation that it answers, without its words', async () => {
    expect(await readWatchedRecord(REPLY, stored(WRITTEN))).toEqual({
      kind: 'reply', thread: 't1', position: 'message#000000000002', messageId: 'm1', at: AT, conversation: 'c1',
      timeToLive: 7,
    });
  });

  test.each([
    ['a line of our own', { role: 'assistant' }],
    ['one whose words were erased', { reply_to: undefined }],
    ['one without an identifier', { message_id: undefined }],
    ['one without a time', { timestamp: 7 }],
  ])('is not %s', async (_words, change) => {
    expect(await readWatchedRecord(REPLY, stored({ ...WRITTEN, ...change }))).toBeUndefined();
  });
});

describe('a person\'s opt-outs', () => {
  const word = (id: string, event: string, sender = '447700900002') => ({ id, at: AT, event, sender });

  test('are their words with the newest conversation of each project, each sender asked for once', async () => {
    const history = [word('1', 'opted_out'), word('2', 'opted_in'), word('3', 'opted_out', 'talent@example.com')];
    const records = stored({ history: [...history, { at: AT, event: 'opted_out', sender: 'without identifier' }] });
    expect(await readWatchedRecord(OPT_OUT, records)).toEqual({
      kind: 'opt_out', history, conversations: [{ sender: '447700900002', conversation: 'c1' }],
    });
    expect(records.asked).toEqual(['item', ['+447700900123', ['447700900002', 'talent@example.com']]]);
  });

  test.each([[[]], [undefined]])('without a word are none: %p', async (history) => {
    const records = stored({ history, senders: {} });
    expect(await readWatchedRecord(OPT_OUT, records)).toBeUndefined();
    expect(records.asked).toEqual(['item']);
  });
});
