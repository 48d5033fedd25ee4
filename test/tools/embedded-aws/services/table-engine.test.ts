import { setImmediate } from 'node:timers/promises';
import { TableEngine } from '../../../../tools/embedded-aws/services/table-engine';

test.each([0, 1, 2, 3])('calls that are %i turns under way are answered before the tables close', async (turns) => {
  const engine = new TableEngine({ account: '111122223333', region: 'eu-west-1' });
  const TableName = 'notes';
  await engine.call('CreateTable', {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'owner', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await engine.untilActive(TableName);
  const query = {
    TableName,
    KeyConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': { S: 'ada' } },
  };
  const asked = [engine.call('Query', query), engine.call('Scan', { TableName })];
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  await engine.close();
  expect((await Promise.all(asked)).map((answer) => answer?.status)).toEqual([200, 200]);
});
