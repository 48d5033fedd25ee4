import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Change } from '../../src/core/lifecycle/change';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { takeLease } from '../../src/core/lifecycle/message-transitions';
import { claimSend } from '../../src/core/lifecycle/send-transitions';
import { DynamoDbConversations } from '../../src/records/dynamodb-conversations';
import { TableClient } from '../../src/records/table-client';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { MemoryConversations } from '../support/memory-conversations';
import { Random } from '../support/random';
import { sampleConversation } from '../support/sample-message';
import { randomChange, randomConversation } from './random-change';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');

let dynalite: DynaliteTables;
let store: DynamoDbConversations;
let identifiers = 0;
const newIdentifier = () => `change-${(identifiers += 1)}`;

beforeAll(async () => {
  dynalite = await startDynaliteTables();
  store = new DynamoDbConversations(dynalite.records, dynalite.tables.conversations, newIdentifier);
});
afterAll(() => dynalite.stop());

/** A record that no other test uses. */
function fresh(changes: Partial<Conversation> = {}): Conversation {
  identifiers += 1;
  return sampleConversation({
    now: NOW,
    changes: { conversation_id: `brightpath#cv-review#${identifiers}#447700900002`, ...changes },
  });
}

const toProcessing = takeLease({ owner: 'worker', now: NOW, version: '1.0.0', channel: 'sms' });

describe('a record', () => {
  test('is created once and found as it was written', async () => {
    const record = fresh({ project_data: { list: [1, { deep: null }], empty: '', text: 'Zoë 😀' } });
    const created = await store.create(record);
    expect(created).toEqual({ applied: true, conversation: { ...record, last_change: expect.any(String) } });
    expect(await store.find(record)).toEqual(created.conversation);
  });

  test('that is there already is answered untouched', async () => {
    const record = fresh();
    const { conversation } = await store.create(record);
    expect(await store.create({ ...record, company_name: 'Another' })).toEqual({ applied: false, conversation });
    expect(await store.find(record)).toEqual(conversation);
  });

  test('that is not there is neither found nor changed nor made by a change', async () => {
    const record = fresh();
    expect(await store.find(record)).toBeUndefined();
    expect(await store.change(record, toProcessing)).toEqual({ applied: false });
    expect(await store.find(record)).toBeUndefined();
  });

  test('is read strongly consistent: what was just written is seen', async () => {
    const send = jest.spyOn(dynalite.records.client, 'send');
    await store.find(fresh());
    expect(send.mock.calls[0]?.[0].input).toMatchObject({ ConsistentRead: true });
    send.mockRestore();
  });

  test('of the old engine is read with what it lacks', async () => {
    const { conversation_id } = fresh();
    const item = { primary_channel: '+447700900123', conversation_id, conversation_status: 'processing' };
    await dynalite.client.send(new PutCommand({ TableName: dynalite.tables.conversations, Item: item }));
    expect(await store.find(item)).toEqual({
      ...item,
      messages: [],
      history: [],
      project_data: {},
      attempt_count: 0,
      task_complete: 0,
      hand_off_to_human: false,
    });
  });
});

describe('a change', () => {
  test('is applied where its condition holds, and answers the record after it', async () => {
    const record = fresh();
    await store.create(record);
    const changed = await store.change(record, toProcessing);
    expect(changed).toMatchObject({
      applied: true,
      conversation: { conversation_status: 'processing', lease_owner: 'worker' },
    });
    expect(changed.conversation?.history.map(({ status }) => status)).toEqual(['initiated', 'processing']);
    expect(await store.find(record)).toEqual(changed.conversation);
  });

  test('is not applied where its condition does not hold, and answers the record that it met', async () => {
    const record = fresh({ conversation_status: 'composed' });
    const { conversation } = await store.create(record);
    expect(await store.change(record, toProcessing)).toEqual({ applied: false, conversation });
  });

  test('of many at once has one winner', async () => {
    const record = fresh({ conversation_status: 'composed', attempt_count: 0 });
    await store.create(record);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_value, index) =>
        store.change(record, claimSend({ attemptId: `attempt-${index}`, now: NOW })),
      ),
    );
    const winners = claims.filter(({ applied }) => applied);
    expect(winners).toHaveLength(1);
    expect((await store.find(record))?.attempt_ids).toEqual([winners[0]?.conversation?.attempt_id]);
  });

  test('that DynamoDB cannot carry out is an error and not a failed condition', async () => {
    const record = fresh({ history: 'no list' as never });
    await store.create(record);
    await expect(store.change(record, toProcessing)).rejects.toThrow(/incorrect data type/);
  });
});

describe('the store in memory', () => {
  test.each([11, 12, 13])('does with 100 random changes of seed %d what DynamoDB does', async (seed) => {
    const random = new Random(seed);
    let step = 0;
    const mark = () => `seed-${seed}-step-${step}`;
    const memory = new MemoryConversations(mark);
    const real = new DynamoDbConversations(dynalite.records, dynalite.tables.conversations, mark);
    const records = [1, 2, 3].map((index) => randomConversation(random, `equivalence#${seed}#${index}#1`));
    let applied = 0;
    for (; step < 100; step += 1) {
      const record = random.pick(records);
      if (random.chance(0.1)) {
        expect([step, await memory.create(record)]).toEqual([step, await real.create(record)]);
        continue;
      }
      const change = randomChange(random);
      const [expected, actual] = [await memory.change(record, change), await real.change(record, change)];
      expect({ step, change, result: expected }).toEqual({ step, change, result: actual });
      if (actual.applied) applied += 1;
    }
    for (const record of records) expect(await memory.find(record)).toEqual(await real.find(record));
    // Neither all nor nothing: both outcomes of a condition were compared.
    expect(applied).toBeGreaterThan(15);
    expect(applied).toBeLessThan(75);
  });
});

describe('a write whose answer is lost', () => {
  /**
   * Loses the first answer of each kind of write after its effect, as a reset connection does; the SDK then repeats
   * it.
   */
  function losing(operation: 'PutItemCommand' | 'UpdateItemCommand'): {
    readonly attempts: () => number;
    readonly restore: () => void;
  } {
    let attempts = 0;
    dynalite.records.client.middlewareStack.add(
      (next, context) => async (given) => {
        if (context.commandName !== operation) return next(given);
        attempts += 1;
        const isLost = attempts === 1;
        const result = await next(given);
        if (!isLost) return result;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
      },
      // Below the SDK's own retries, so that they see the loss.
      { step: 'finalizeRequest', priority: 'low', name: 'lostAnswers' },
    );
    return {
      attempts: () => attempts,
      restore: () => void dynalite.records.client.middlewareStack.remove('lostAnswers'),
    };
  }

  test('counts as applied although its repetition fails its own condition', async () => {
    const record = fresh({ conversation_status: 'composed' });
    await store.create(record);
    const loss = losing('UpdateItemCommand');
    try {
      const claimed = await store.change(record, claimSend({ attemptId: 'mine', now: NOW }));
      expect(loss.attempts()).toBe(2);
      expect(claimed).toMatchObject({
        applied: true,
        conversation: { conversation_status: 'sending', attempt_id: 'mine', attempt_count: 1 },
      });
    } finally {
      loss.restore();
    }
  });

  test('counts as applied for a new record too', async () => {
    const record = fresh();
    const loss = losing('PutItemCommand');
    try {
      expect((await store.create(record)).applied).toBe(true);
      expect(loss.attempts()).toBe(2);
    } finally {
      loss.restore();
    }
  });

  test('does not count as applied if another\'s write stands there', async () => {
    const record = fresh();
    await store.create(record);
    const loss = losing('PutItemCommand');
    try {
      expect((await store.create(record)).applied).toBe(false);
    } finally {
      loss.restore();
    }
  });
});

describe('the item that a failed condition tells', () => {
  const item = { primary_channel: { S: '+447700900123' }, conversation_id: { S: 'told' }, attempt_count: { N: '2' } };
  const change: Change = { name: 'sample', when: [{}], set: {} };

  /** A store whose writes all fail their condition; dynalite tells no item, the service does. */
  function failing(lastChange: string) {
    const failure = new ConditionalCheckFailedException({
      $metadata: {},
      message: 'The conditional request failed',
      Item: { ...item, last_change: { S: lastChange } },
    });
    const client = { send: jest.fn().mockRejectedValue(failure) };
    return {
      client,
      store: new DynamoDbConversations(new TableClient(client as never), 'conversations', () => 'mine'),
    };
  }

  test('is taken as it is, without another read', async () => {
    const { client, store: failed } = failing('another');
    const key = { primary_channel: '+447700900123', conversation_id: 'told' };
    expect(await failed.change(key, change)).toMatchObject({
      applied: false,
      conversation: { ...key, attempt_count: 2, last_change: 'another' },
    });
    expect(client.send).toHaveBeenCalledTimes(1);
    expect(client.send.mock.calls[0][0].input).toMatchObject({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  });

  test('that carries this very change was written by it', async () => {
    const { store: failed } = failing('mine');
    expect((await failed.change({ primary_channel: '+447700900123', conversation_id: 'told' }, change)).applied).toBe(
      true,
    );
    expect((await failed.create(sampleConversation({ now: NOW }))).applied).toBe(true);
  });
});
