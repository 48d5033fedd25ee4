import type { AuditItem } from '../../../src/core/ports/audit';
import { recordKey } from '../../../src/console-api/routes/record-key';
import { memoryIndex } from '../../support/memory-index';
import { operatorsWorld } from '../../support/operators-world';
import { recordsWorld, UNKNOWN } from './records-world';

test('health counts what flows and names each trouble with what to do', async () => {
  const stage = operatorsWorld();
  stage.add();
  stage.add({ conversation_status: 'send_unconfirmed', failure_reason: 'never_confirmed', minutesAgo: 30 });
  stage.letters.sms = 2;
  const { conversations, companies, deadLetters, repliesDue, clock } = stage;
  const world = recordsWorld({
    conversations, companies, deadLetters, repliesDue, clock, index: memoryIndex(() => conversations.all()),
  });
  world.signIn('operator:*');
  const { status, json, body } = await world.get('/health');
  expect(status).toBe(200);
  expect(json).toMatchObject({
    states: { initiated: 1, send_unconfirmed: 1 },
    groups: [
      {
        company: 'acme', state: 'send_unconfirmed', reason: 'never_confirmed', count: 1,
        step: { words: expect.any(String) },
      },
    ],
    replies: { count: 0, atLeast: false },
    looked: { conversations: 2, complete: true },
  });
  expect(json.deadLetters).toContainEqual({ channel: 'sms', count: 2 });
  // What no schema names is left out.
  expect(String(body)).not.toContain('canRetry');
});

test('alarms and costs are those of the stage, for operators', async () => {
  const raised = { name: 'dead-letters-dev', description: 'critical: …', since: '2026-11-02T09:00:00.000Z' };
  const { companies } = operatorsWorld();
  const world = recordsWorld({
    alarms: { raised: async () => Promise.resolve([raised]) },
    companies: { ...companies, list: async () => Promise.resolve([]) },
    usage: { usageOf: async () => Promise.reject(new Error('nothing has a budget')) },
  });
  world.signIn('operator:*');
  expect((await world.get('/health/alarms')).json).toEqual({ alarms: [raised] });
  expect((await world.get('/health/costs')).json).toEqual({ costs: [], withoutBudget: 0, more: false });
});

describe('the audit', () => {
  const item: AuditItem = {
    id: 'i1', at: '2026-11-02T09:00:00.000Z', personId: 'p7', person: 'sam@example.com', by: 'console',
    action: 'approve', company: 'brightpath', conversationId: UNKNOWN.conversation_id, fields: ['decision'],
  };
  const { conversationId: _none, ...signIn } = item;
  const audit = {
    add: async () => Promise.resolve(),
    list: jest.fn(async () => Promise.resolve({ items: [item, { ...signIn, id: 'i2' }], next: 'more' })),
  };

  test('is listed of one day, with the key of each conversation and without identifiers of people', async () => {
    const world = recordsWorld({ audit });
    world.signIn('auditor:brightpath');
    const { status, json, body } = await world.get('/audit', { day: '2026-11-02', after: 'a page' });
    expect(status).toBe(200);
    expect(audit.list).toHaveBeenCalledWith({ company: 'brightpath', day: '2026-11-02', after: 'a page', limit: 50 });
    expect(json).toMatchObject({
      items: [{ id: 'i1', person: 'sam@example.com', key: recordKey(UNKNOWN.conversation_id) }, { id: 'i2' }],
      next: 'more',
    });
    expect(String(body)).not.toContain('p7');
  });

  test('of no day is not understood', async () => {
    const world = recordsWorld({ audit });
    world.signIn('auditor:brightpath');
    expect((await world.get('/audit', { day: 'today' })).json).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
