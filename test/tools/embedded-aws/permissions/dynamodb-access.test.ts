import { dynamodbNeeds } from '../../../../tools/embedded-aws/permissions/dynamodb-access';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const brief = (needs: ReadonlyArray<{ readonly action: string; readonly resource: string }> | undefined) =>
  needs?.map(({ action, resource }) => `${action} ${resource}`);

describe('a DynamoDB call needs', () => {
  const needs = (operation: string, input: object) => dynamodbNeeds(operation, { ...input }, PLACE, () => 'owner');
  const keysOf = (operation: string, input: object) => needs(operation, input)?.[0]?.conditionKeys;

  it('its own action on its table or index', () => {
    expect(brief(needs('GetItem', { TableName: 'orders' }))).toEqual([`dynamodb:GetItem ${TABLE}`]);
    expect(brief(needs('Query', { TableName: TABLE, IndexName: 'by-state' }))).toEqual([
      `dynamodb:Query ${TABLE}/index/by-state`,
    ]);
    expect(brief(needs('ListTables', {}))).toEqual(['dynamodb:ListTables *']);
    expect(brief(needs('ListTagsOfResource', { ResourceArn: TABLE }))).toEqual([
      `dynamodb:ListTagsOfResource ${TABLE}`,
    ]);
    expect(needs('ExecuteStatement', { Statement: 'SELECT *' })).toBeUndefined();
  });

  it('for a batch, the batch\'s action on each table', () => {
    const read = needs('BatchGetItem', {
      RequestItems: { orders: { Keys: [{ owner: { S: 'a' } }, { owner: { S: 'b' } }] }, other: {} },
    });
    expect(brief(read)).toEqual([
      `dynamodb:BatchGetItem ${TABLE}`,
      `dynamodb:BatchGetItem ${TABLE}`,
      `dynamodb:BatchGetItem ${TABLE.replace('orders', 'other')}`,
    ]);
    expect(read?.map(({ conditionKeys }) => conditionKeys?.['dynamodb:LeadingKeys'])).toEqual([['a'], ['b'], []]);
    const write = needs('BatchWriteItem', {
      RequestItems: {
        orders: [
          { PutRequest: { Item: { owner: { S: 'a' } } } },
          { DeleteRequest: { Key: { owner: { S: 'b' } } } },
          {},
        ],
      },
    });
    expect(write?.map(({ conditionKeys }) => conditionKeys?.['dynamodb:LeadingKeys'])).toEqual([['a'], ['b'], []]);
    expect(needs('BatchGetItem', {})).toEqual([]);
  });

  it('for a transaction, each part\'s action', () => {
    const transaction = needs('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'orders' } },
        { ConditionCheck: { TableName: 'orders' } },
        { Update: 'x' },
        'y',
      ],
    });
    expect(brief(transaction)).toEqual([`dynamodb:PutItem ${TABLE}`, `dynamodb:ConditionCheckItem ${TABLE}`]);
    expect(brief(needs('TransactGetItems', { TransactItems: [{ Get: { TableName: 'orders' } }] }))).toEqual([
      `dynamodb:GetItem ${TABLE}`,
    ]);
    expect(needs('TransactGetItems', {})).toEqual([]);
  });

  it('to name its partition keys, of a query too', () => {
    expect(keysOf('GetItem', { Key: { owner: { S: 'me' }, entry: { S: '1' } } })).toMatchObject({
      'dynamodb:LeadingKeys': ['me'],
    });
    const query = (KeyConditionExpression: string) =>
      keysOf('Query', {
        KeyConditionExpression,
        ExpressionAttributeNames: { '#o': 'owner', '#e': 'entry' },
        ExpressionAttributeValues: { ':me': { S: 'me' } },
      });
    expect(query('#o = :me')).toMatchObject({ 'dynamodb:LeadingKeys': ['me'] });
    expect(query('begins_with(#e, :x) AND owner=:me')).toMatchObject({ 'dynamodb:LeadingKeys': ['me'] });
    expect(query('#e = :me')).toMatchObject({ 'dynamodb:LeadingKeys': [] });
    expect(
      dynamodbNeeds('GetItem', { TableName: 'x', Key: { owner: { S: 'me' } } }, PLACE, () => undefined)?.[0]
        ?.conditionKeys,
    ).toMatchObject({ 'dynamodb:LeadingKeys': [] });
  });

  it('to name its attributes, from wherever the request names them', () => {
    expect(
      keysOf('UpdateItem', {
        Key: { owner: { S: 'me' } },
        UpdateExpression: 'SET #s = :s, history[0].at = if_not_exists(begun, :now) REMOVE lease.holder',
        ConditionExpression: 'attribute_exists(entry) AND NOT size(note) BETWEEN :a AND :b',
        ProjectionExpression: '#s, total',
        ExpressionAttributeNames: { '#s': 'state' },
        AttributesToGet: ['old'],
      }),
    ).toMatchObject({
      'dynamodb:Attributes': ['owner', 'old', 'entry', 'note', 'state', 'total', 'history', 'begun', 'lease'],
    });
    expect(keysOf('Query', { Select: 'COUNT', ReturnConsumedCapacity: 'TOTAL' })).toMatchObject({
      'dynamodb:Select': ['COUNT'],
      'dynamodb:ReturnConsumedCapacity': ['TOTAL'],
    });
  });
});
