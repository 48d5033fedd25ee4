import { dynamodbNeeds } from '../../../src/local/permissions/dynamodb-access';
import { secretsManagerNeeds } from '../../../src/local/permissions/secrets-manager-access';
import { snsNeeds } from '../../../src/local/permissions/sns-access';
import { sqsNeeds } from '../../../src/local/permissions/sqs-access';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const brief = (needs: ReadonlyArray<{ readonly action: string; readonly resource: string }> | undefined) => needs?.map(({ action, resource }) => `${action} ${resource}`);

describe('a DynamoDB call needs', () => {
  const needs = (operation: string, input: object) => dynamodbNeeds(operation, { ...input }, PLACE, () => 'owner');
  const keysOf = (operation: string, input: object) => needs(operation, input)?.[0]?.conditionKeys;

  it('its own action on its table or index', () => {
    expect(brief(needs('GetItem', { TableName: 'orders' }))).toEqual([`dynamodb:GetItem ${TABLE}`]);
    expect(brief(needs('Query', { TableName: TABLE, IndexName: 'by-state' }))).toEqual([`dynamodb:Query ${TABLE}/index/by-state`]);
    expect(brief(needs('ListTables', {}))).toEqual(['dynamodb:ListTables *']);
    expect(brief(needs('ListTagsOfResource', { ResourceArn: TABLE }))).toEqual([`dynamodb:ListTagsOfResource ${TABLE}`]);
    expect(needs('ExecuteStatement', { Statement: 'SELECT *' })).toBeUndefined();
  });

  it('for a batch, the batch\'s action on each table', () => {
    const read = needs('BatchGetItem', { RequestItems: { orders: { Keys: [{ owner: { S: 'a' } }, { owner: { S: 'b' } }] }, other: {} } });
    expect(brief(read)).toEqual([`dynamodb:BatchGetItem ${TABLE}`, `dynamodb:BatchGetItem ${TABLE}`, `dynamodb:BatchGetItem ${TABLE.replace('orders', 'other')}`]);
    expect(read?.map(({ conditionKeys }) => conditionKeys?.['dynamodb:LeadingKeys'])).toEqual([['a'], ['b'], []]);
    const write = needs('BatchWriteItem', { RequestItems: { orders: [{ PutRequest: { Item: { owner: { S: 'a' } } } }, { DeleteRequest: { Key: { owner: { S: 'b' } } } }, {}] } });
    expect(write?.map(({ conditionKeys }) => conditionKeys?.['dynamodb:LeadingKeys'])).toEqual([['a'], ['b'], []]);
    expect(needs('BatchGetItem', {})).toEqual([]);
  });

  it('for a transaction, each part\'s action', () => {
    const transaction = needs('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'orders' } }, { ConditionCheck: { TableName: 'orders' } }, { Update: 'x' }, 'y'] });
    expect(brief(transaction)).toEqual([`dynamodb:PutItem ${TABLE}`, `dynamodb:ConditionCheckItem ${TABLE}`]);
    expect(brief(needs('TransactGetItems', { TransactItems: [{ Get: { TableName: 'orders' } }] }))).toEqual([`dynamodb:GetItem ${TABLE}`]);
    expect(needs('TransactGetItems', {})).toEqual([]);
  });

  it('to name its partition keys, of a query too', () => {
    expect(keysOf('GetItem', { Key: { owner: { S: 'me' }, entry: { S: '1' } } })).toMatchObject({ 'dynamodb:LeadingKeys': ['me'] });
    const query = (KeyConditionExpression: string) => keysOf('Query', { KeyConditionExpression, ExpressionAttributeNames: { '#o': 'owner', '#e': 'entry' }, ExpressionAttributeValues: { ':me': { S: 'me' } } });
    expect(query('#o = :me')).toMatchObject({ 'dynamodb:LeadingKeys': ['me'] });
    expect(query('begins_with(#e, :x) AND owner=:me')).toMatchObject({ 'dynamodb:LeadingKeys': ['me'] });
    expect(query('#e = :me')).toMatchObject({ 'dynamodb:LeadingKeys': [] });
    expect(dynamodbNeeds('GetItem', { TableName: 'x', Key: { owner: { S: 'me' } } }, PLACE, () => undefined)?.[0]?.conditionKeys).toMatchObject({ 'dynamodb:LeadingKeys': [] });
  });

  it('to name its attributes, from wherever the request names them', () => {
    expect(keysOf('UpdateItem', {
      Key: { owner: { S: 'me' } },
      UpdateExpression: 'SET #s = :s, history[0].at = if_not_exists(begun, :now) REMOVE lease.holder',
      ConditionExpression: 'attribute_exists(entry) AND NOT size(note) BETWEEN :a AND :b',
      ProjectionExpression: '#s, total',
      ExpressionAttributeNames: { '#s': 'state' },
      AttributesToGet: ['old'],
    })).toMatchObject({ 'dynamodb:Attributes': ['owner', 'old', 'entry', 'note', 'state', 'total', 'history', 'begun', 'lease'] });
    expect(keysOf('Query', { Select: 'COUNT', ReturnConsumedCapacity: 'TOTAL' })).toMatchObject({ 'dynamodb:Select': ['COUNT'], 'dynamodb:ReturnConsumedCapacity': ['TOTAL'] });
  });
});

describe('an SQS call needs', () => {
  const ARN = 'arn:aws:sqs:eu-west-1:111122223333:';
  const needs = (operation: string, input: object) => brief(sqsNeeds(operation, { ...input }, PLACE, () => [`${ARN}orders`]));

  it('its action on its queue, a batch that of its single calls', () => {
    expect(needs('SendMessage', { QueueUrl: 'http://127.0.0.1:1/111122223333/orders' })).toEqual([`sqs:SendMessage ${ARN}orders`]);
    expect(needs('SendMessageBatch', { QueueUrl: 'x/orders' })).toEqual([`sqs:SendMessage ${ARN}orders`]);
    expect(needs('DeleteMessageBatch', { QueueUrl: 'x/orders' })).toEqual([`sqs:DeleteMessage ${ARN}orders`]);
    expect(needs('ChangeMessageVisibilityBatch', { QueueUrl: 'x/orders' })).toEqual([`sqs:ChangeMessageVisibility ${ARN}orders`]);
    expect(needs('GetQueueUrl', { QueueName: 'orders' })).toEqual([`sqs:GetQueueUrl ${ARN}orders`]);
    expect(needs('ListQueues', {})).toEqual([`sqs:ListQueues ${ARN}`]);
    expect(needs('Dance', {})).toBeUndefined();
  });

  it('to move dead letters, the rights to empty one queue and fill the other', () => {
    const emptying = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => `sqs:${action} ${ARN}dead`);
    expect(needs('StartMessageMoveTask', { SourceArn: `${ARN}dead` })).toEqual([...emptying, `sqs:SendMessage ${ARN}orders`]);
    expect(needs('StartMessageMoveTask', { SourceArn: `${ARN}dead`, DestinationArn: `${ARN}other` })).toEqual([...emptying, `sqs:SendMessage ${ARN}other`]);
    expect(needs('ListMessageMoveTasks', { SourceArn: `${ARN}dead` })).toEqual([`sqs:ListMessageMoveTasks ${ARN}dead`]);
    const TaskHandle = Buffer.from(`{"taskId":"1","sourceArn":"${ARN}dead"}`).toString('base64');
    expect(needs('CancelMessageMoveTask', { TaskHandle })).toEqual([`sqs:CancelMessageMoveTask ${ARN}dead`]);
  });
});

describe('an SNS call needs', () => {
  const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
  const needs = (operation: string, input: object) => brief(snsNeeds(operation, { ...input }, PLACE));

  it('its action on its topic', () => {
    expect(needs('Publish', { TopicArn: TOPIC })).toEqual([`sns:Publish ${TOPIC}`]);
    expect(needs('PublishBatch', { TopicArn: TOPIC })).toEqual([`sns:Publish ${TOPIC}`]);
    expect(needs('Publish', { PhoneNumber: '+447700900123' })).toEqual(['sns:Publish *']);
    expect(needs('Unsubscribe', { SubscriptionArn: `${TOPIC}:1-2` })).toEqual([`sns:Unsubscribe ${TOPIC}`]);
    expect(needs('TagResource', { ResourceArn: TOPIC })).toEqual([`sns:TagResource ${TOPIC}`]);
    expect(needs('CreateTopic', { Name: 'alerts' })).toEqual([`sns:CreateTopic ${TOPIC}`]);
    expect(needs('ListTopics', {})).toEqual(['sns:ListTopics arn:aws:sns:eu-west-1:111122223333:*']);
    expect(needs('Dance', {})).toBeUndefined();
  });
});

describe('a Secrets Manager call needs', () => {
  const needs = (operation: string, input: object) => brief(secretsManagerNeeds(operation, { ...input }, (id) => `arn:${id}-abcdef`));

  it('its action on the secret\'s full ARN', () => {
    expect(needs('GetSecretValue', { SecretId: 'a/b' })).toEqual(['secretsmanager:GetSecretValue arn:a/b-abcdef']);
    expect(needs('CreateSecret', { Name: 'a/b' })).toEqual(['secretsmanager:CreateSecret arn:a/b-abcdef']);
    expect(needs('ListSecrets', {})).toEqual(['secretsmanager:ListSecrets *']);
    expect(needs('BatchGetSecretValue', { SecretIdList: ['a'] })).toEqual(['secretsmanager:BatchGetSecretValue *', 'secretsmanager:GetSecretValue arn:a-abcdef']);
    expect(needs('BatchGetSecretValue', {})).toEqual(['secretsmanager:BatchGetSecretValue *']);
    expect(needs('RotateSecret', { SecretId: 'a' })).toBeUndefined();
  });

  it('to name the stage of the version that it asks for', () => {
    expect(secretsManagerNeeds('GetSecretValue', { SecretId: 'a', VersionStage: 'AWSPREVIOUS' }, (id) => id)?.[0]?.conditionKeys).toEqual({
      'secretsmanager:SecretId': ['a'], 'secretsmanager:VersionStage': ['AWSPREVIOUS'],
    });
  });
});
