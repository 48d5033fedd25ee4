import type { AuditItem } from '../../src/core/ports/audit';
import { DynamoDbAudit } from '../../src/records/dynamodb-audit';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

let dynalite: DynaliteTables;
let audit: DynamoDbAudit;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
  audit = new DynamoDbAudit(dynalite.records, dynalite.tables.conversations, 30);
});
afterAll(() => dynalite.stop());

const item = (id: string, change: Partial<AuditItem> = {}): AuditItem => ({
  id,
  at: `2026-11-30T09:00:0${id}.000Z`,
  personId: 'robin',
  person: 'robin@example.com',
  by: 'console',
  action: 'read_text',
  company: 'acme',
  conversationId: 'acme#sales#1#2',
  fields: ['text'],
  ...change,
});

test("a company's items of a day are read page by page, the newest first", async () => {
  const items = ['1', '2', '3'].map((id) => item(id));
  await Promise.all([
    ...items.map(async (one) => audit.add(one)),
    audit.add(item('4', { company: 'other' })),
    audit.add(item('5', { at: '2026-12-01T00:00:00.000Z' })),
  ]);
  const query = { company: 'acme', day: '2026-11-30', limit: 2 };
  const first = await audit.list(query);
  expect(first.items).toEqual([items[2], items[1]]);
  expect(await audit.list({ ...query, after: first.next })).toEqual({ items: [items[0]] });
  expect(await audit.list({ ...query, day: '2026-11-29' })).toEqual({ items: [] });
});

test('an item that is added again stays the one that it was', async () => {
  const one = item('6', { company: 'again' });
  await audit.add(one);
  await audit.add({ ...one, fields: ['other'] });
  expect((await audit.list({ company: 'again', day: '2026-11-30', limit: 5 })).items).toEqual([one]);
});

test('an item goes once the stage keeps no record of its age', async () => {
  await audit.add(item('7', { company: 'kept' }));
  const { conversations } = dynalite.tables;
  const key = { primary_channel: 'audit#kept#2026-11-30', conversation_id: '2026-11-30T09:00:07.000Z#7' };
  expect((await dynalite.records.get(conversations, key))?.time_to_live).toBe(
    Date.parse('2026-12-30T09:00:07.000Z') / 1000,
  );
});
