import { DynamoDbCardHistory } from '../../src/records/dynamodb-card-history';
import { DynamoDbTemplateHistory } from '../../src/records/dynamodb-template-history';
import { templateHistoryKey } from '../../src/records/item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const OWNER = { companyId: 'acme', projectId: 'hiring', cardId: 'pay' };
const AT = '2026-11-30T12:00:00.000Z';

let dynalite: DynaliteTables;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(() => dynalite.stop());

const historyOf = () => new DynamoDbCardHistory(dynalite.records, dynalite.tables.companies);
const version = (number: number, text: string) =>
  ({ version: number, card: { card_id: 'pay', version: number, text }, written_at: AT, written_by: 'Sam Reyes' });

test('versions come back in their order, each once, however often it is kept', async () => {
  const history = historyOf();
  const owner = { ...OWNER, projectId: 'order' };
  for (const one of [version(10, 'c'), version(2, 'b'), version(1, 'a'), version(2, 'b')]) await history.keep(owner, one);
  expect(await history.list(owner)).toEqual([version(1, 'a'), version(2, 'b'), version(10, 'c')]);
});

test('two contents under one number are both kept: another tool may have written one', async () => {
  const history = historyOf();
  const owner = { ...OWNER, projectId: 'twice' };
  await history.keep(owner, version(1, 'a'));
  await history.keep(owner, version(1, 'b'));
  expect(await history.list(owner)).toHaveLength(2);
});

test('the versions of a card are no other card\'s, no other project\'s and no template\'s', async () => {
  await historyOf().keep({ ...OWNER, projectId: 'own' }, version(1, 'a'));
  expect(await historyOf().list({ ...OWNER, projectId: 'own', cardId: 'place' })).toEqual([]);
  expect(await historyOf().list({ ...OWNER, projectId: 'another' })).toEqual([]);
  const templates = new DynamoDbTemplateHistory(dynalite.records, dynalite.tables.companies);
  const owner = { companyId: 'acme', projectId: 'own', channel: 'sms', kind: 'template' } as const;
  await templates.keep(owner, { version: 4, template: { body: 'x' }, written_at: AT });
  expect(await templates.list(owner)).toEqual([{ version: 4, template: { body: 'x' }, written_at: AT }]);
  // Where the versions of messages' templates lie is known to older records and to permissions.
  expect(templateHistoryKey(owner)).toBe('template#acme#own#sms');
  expect(await templates.list({ ...owner, kind: 'reopen_template' })).toEqual([]);
});
