import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbDeploymentSenders } from '../../src/records/dynamodb-deployment-senders';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';

const AT = '2026-11-22T10:00:00.000Z';

let dynalite: DynaliteTables;
let senders: DynamoDbDeploymentSenders;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  senders = new DynamoDbDeploymentSenders(dynalite.records, dynalite.tables.conversations);
});
afterEach(() => dynalite.stop());

async function stored(sender: string) {
  const { Items = [] } = await dynalite.client.send(new QueryCommand({
    TableName: dynalite.tables.conversations,
    KeyConditionExpression: 'primary_channel = :key',
    ExpressionAttributeValues: { ':key': `sender#${sender}` },
  }));
  return Items;
}

test('a sender is known in every spelling of its address, for sixty days', async () => {
  await senders.note('whatsapp:+447700900100', AT);
  await senders.note('HR@Example.com', AT);
  for (const address of ['+447700900100', '447700900100', 'hr@example.com']) {
    expect(await senders.includes(address)).toBe(true);
  }
  expect(await senders.includes('+447700900123')).toBe(false);
  expect(await stored('+447700900100')).toMatchObject([{ time_to_live: Date.parse('2027-01-21T10:00:00.000Z') / 1000 }]);
});

test('names and services are no addresses, and whoever withholds theirs is nobody', async () => {
  for (const sender of ['Brightpath', `MG${'0'.repeat(32)}`, 'anonymous']) {
    await senders.note(sender, AT);
    expect(await senders.includes(sender)).toBe(false);
  }
});

test('one function notes it once a day', async () => {
  const put = jest.spyOn(dynalite.records, 'put');
  await senders.note('+447700900100', AT);
  await senders.note('+447700900100', '2026-11-23T09:00:00.000Z');
  expect(put).toHaveBeenCalledTimes(1);
  await senders.note('+447700900100', '2026-11-23T10:00:00.000Z');
  expect(put).toHaveBeenCalledTimes(2);
});
