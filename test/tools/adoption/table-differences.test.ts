import type { TableIndex } from '../../../tools/adoption/found-resource';
import { compareTable } from '../../../tools/adoption/table-differences';
import { sampleTable, WANTED_CONVERSATIONS } from './sample-findings';

const key = (attribute: string, type = 'S') => ({ attribute, type });
const index = (name: string, change: Partial<TableIndex> = {}): TableIndex =>
  ({ name, keys: [key('company_project'), key('created_at')], projection: 'KEYS_ONLY', ...change });
const wanted = { ...WANTED_CONVERSATIONS, indexes: [index('project-index')] };

describe('a table against its template', () => {
  test('the same table has nothing to say', () => {
    const found = sampleTable({ indexes: wanted.indexes, timeToLive: 'time_to_live' });
    expect(compareTable(found, { ...wanted, isRetained: true })).toEqual(
      { blockers: [], indexesToDrop: [], indexesToAdd: [], deploymentChanges: [] });
  });

  test.each([
    ['other keys', { keys: [key('created_at'), key('company_project')] }],
    ['another projection', { projection: 'ALL' }],
    ['a key of another type', { keys: [key('company_project'), key('created_at', 'N')] }],
  ])('an index of the same name with %s is made anew', (_what, change) => {
    const { indexesToDrop, indexesToAdd } = compareTable(
      sampleTable({ indexes: [index('project-index', change)] }), wanted);
    expect(indexesToDrop).toEqual(['project-index']);
    expect(indexesToAdd).toEqual(wanted.indexes);
  });

  test('what cannot be changed is a blocker, each with what to do', () => {
    const found = sampleTable(
      {
        keys: [key('phone')],
        localIndexes: [index('by-date', { keys: [key('primary_channel'), key('date', 'N')], projection: 'ALL' })],
        replicas: ['us-east-1'], timeToLive: 'expires',
      });
    expect(compareTable(found, wanted).blockers).toEqual([
      expect.stringMatching(
        /its key is phone \(S\), the template's is primary_channel \(S\) \+ conversation_id \(S\).*copy its items/),
      expect.stringMatching(
        /local index by-date.*keep it with oldIndexes: \[\{ name: 'by-date', sortKey: 'date', type: 'N'/),
      expect.stringMatching(/replicas in us-east-1: remove/),
      expect.stringMatching(/expire by expires.*update-time-to-live --table-name ai-multi-comms-conversations-dev/),
    ]);
  });

  test('an attribute of another type in a key that stays is a blocker', () => {
    const kept = index('project-index', { keys: [key('created_at', 'N')] });
    const { blockers } = compareTable(
      sampleTable({ indexes: [kept] }), { ...wanted, indexes: [kept, index('recipient-index')] });
    expect(blockers).toEqual([expect.stringMatching(/^created_at is part of a key of another type/)]);
  });

  test('items that expire by an attribute are a blocker where the template lets none expire', () => {
    expect(compareTable(
      sampleTable({ timeToLive: 'expires' }), { ...wanted, timeToLive: undefined }).blockers).toEqual(
      [expect.stringContaining('in the template by nothing')]);
  });

  test('what the deployment changes by itself is told', () => {
    const found = sampleTable(
      {
        throughput: { read: 1, write: 1 }, hasRecovery: false, stream: 'NEW_IMAGE', encryptionKey: 'arn:aws:kms:…',
        isProtected: true,
      });
    expect(compareTable(found, wanted).deploymentChanges.join('\n')).toBe([
      'is billed per request instead of reserved capacity', 'gets point-in-time recovery',
      'items expire by time_to_live',
      'its stream is switched off',
      'is no longer protected from deletion',
      'is deleted when its stack is deleted: set guarded in src/infra/stages.ts to keep its items',
      'is encrypted by DynamoDB\'s key instead of your own',
    ].join('\n'));
  });
});
