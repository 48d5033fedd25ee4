import type { ClientEvent, EventWords } from '../../src/core/events/client-event';
import { EVENT_VERSION } from '../../src/core/events/event-types';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { WordPorts } from '../../src/events/event-body';
import { eventBody } from '../../src/events/event-body';
import { sampleConversation } from '../support/sample-message';

const AT = '2026-11-22T10:00:00.000Z';
const EVENT: ClientEvent = {
  id: 'event-1', type: 'message.sent', at: AT, company_id: 'brightpath', project_id: 'hiring', sequence: 3,
  data: { conversation_id: 'c1' }, time_to_live: 1_900_000_000,
};
const REPLY: EventWords = { kind: 'reply', thread: 't1', position: 'message#000000000002' };
const ANSWERS: EventWords = { kind: 'answers', conversation: 'c1' };

/** Records of which one item and one conversation are there. */
function records(item?: Readonly<Record<string, unknown>>, conversation?: Conversation) {
  const asked: unknown[] = [];
  const ports: WordPorts = {
    stored: {
      item: async (key) => { asked.push(key); return Promise.resolve(item); },
      requested: async (id) => { asked.push(id); return Promise.resolve(conversation); },
    },
  };
  return { asked, ports };
}

const dataOf = async (words: EventWords, include: ReadonlyArray<'text'>, { ports }: ReturnType<typeof records>) =>
  (await eventBody({ ...EVENT, words }, { include }, ports)).data;

test('an event without words is what is stored, and no record is read', async () => {
  const { asked, ports } = records({ content: 'hello' });
  expect(await eventBody(EVENT, { include: ['text'] }, ports)).toEqual({
    id: 'event-1', type: 'message.sent', version: EVENT_VERSION, timestamp: AT, company_id: 'brightpath',
    project_id: 'hiring', sequence: 3, data: { conversation_id: 'c1' },
  });
  expect(asked).toEqual([]);
});

test('an event of the company as a whole names no project', async () => {
  const { project_id: _project, ...whole } = EVENT;
  expect(await eventBody(whole, { include: [] }, records().ports)).toMatchObject({ project_id: null });
});

describe('a reply\'s text', () => {
  test('is read from the thread for an endpoint that asked for it', async () => {
    const found = records({ content: 'I used RabbitMQ.' });
    expect(await dataOf(REPLY, ['text'], found)).toEqual({ conversation_id: 'c1', text: 'I used RabbitMQ.' });
    expect(found.asked).toEqual([{ primary_channel: 'thread#t1', conversation_id: 'message#000000000002' }]);
  });

  test('is neither read nor delivered to one that did not', async () => {
    const found = records({ content: 'I used RabbitMQ.' });
    expect(await dataOf(REPLY, [], found)).toEqual({ conversation_id: 'c1' });
    expect(found.asked).toEqual([]);
  });

  test.each([['whose item is gone', undefined], ['whose words were erased', { role: 'user' }]])(
    'is null for a person %s', async (_words, item) => {
      expect(await dataOf(REPLY, ['text'], records(item))).toMatchObject({ text: null });
    },
  );
});

describe('answers', () => {
  const NOW = Date.parse(AT);

  test('are value, quote and time, whatever the endpoint asked for', async () => {
    const conversation = sampleConversation({ now: NOW });
    const answers = {
      queue: { value: 'RabbitMQ', quote: 'I used RabbitMQ.', at: AT, model: 'left out' },
      years: { value: 4, at: AT },
      start: { value: { from: AT, fixed: true, odd: [1] }, quote: null, at: AT },
      broken: 'no answer',
    };
    const found = records(undefined, Object.assign(conversation, { answers }));
    expect(await dataOf(ANSWERS, [], found)).toEqual({
      conversation_id: 'c1',
      answers: {
        queue: { value: 'RabbitMQ', quote: 'I used RabbitMQ.', at: AT },
        years: { value: 4, quote: null, at: AT },
        start: { value: { from: AT, fixed: true, odd: { 0: 1 } }, quote: null, at: AT },
      },
    });
    expect(found.asked).toEqual(['c1']);
  });

  test('of a conversation that has none are empty', async () => {
    const found = records(undefined, sampleConversation({ now: NOW }));
    expect(await dataOf(ANSWERS, [], found)).toEqual({ conversation_id: 'c1', answers: {} });
  });

  test('of a conversation that is gone are null', async () => {
    expect(await dataOf(ANSWERS, ['text'], records())).toMatchObject({ answers: null });
  });
});
