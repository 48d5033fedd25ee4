import {
  BatchGetItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { ServiceBackend } from '../../../../tools/embedded-aws/services/service-backend';
import { openAwsEndpoint } from '../../../../tools/embedded-aws/services/aws-endpoint';
import { startServices } from '../../../../tools/embedded-aws/services/services';
import { PLACE, loadResources } from '../template/written-assembly';
import type { RunningServices } from './running-services';
import { ALLOW_ALL, TABLE, functionWith, startSample } from './running-services';

const TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/conversations-dev';
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:sample-queue';
const SECRET_ARN = /arn:aws:secretsmanager:eu-west-1:111122223333:secret:sample\/key-\w{6}/;
const TableName = 'conversations-dev';
const Key = { owner: { S: 'me' }, entry: { S: '1' } };
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

const STACK = {
  Table: TABLE,
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'sample-queue',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 2 },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sample-dead' } },
  QueuePolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Queue' }],
      PolicyDocument: {
        Statement: [
          deny('sqs:*', QUEUE_ARN, {
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          deny('sqs:SendMessage', QUEUE_ARN, { Principal: { AWS: { 'Fn::GetAtt': ['BarredRole', 'Arn'] } } }),
        ],
      },
    },
  },
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'sample/key', SecretString: '{}' } },
  Idle: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Unused' } } },
  ...functionWith('Unused', [deny('*', 'arn:aws:sqs:eu-west-1:111122223333:none')]),
  ...functionWith(
    'Reader',
    [
      allow(
        ['dynamodb:GetItem', 'dynamodb:Query'],
        [{ 'Fn::GetAtt': ['Table', 'Arn'] }, { 'Fn::Sub': '${Table.Arn}/index/*' }],
      ),
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:sample/*'),
    ],
    {
      ManagedPolicyArns: [
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
    },
  ),
  ...functionWith('Sender', [allow('sqs:Send*', { 'Fn::GetAtt': ['Queue', 'Arn'] })]),
  ...functionWith('Barred', [ALLOW_ALL]),
  ...functionWith('Denied', [ALLOW_ALL, deny('dynamodb:Put*', '*')]),
  ...functionWith('Own', [
    allow('dynamodb:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['me'] } } }),
  ]),
  ...functionWith('Mover', [
    allow(['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], '*'),
  ]),
};

describe('the services of the embedded cloud', () => {
  let running: RunningServices;
  const url = () => running.template.byLogicalId('Queue').reference;
  const put = new PutItemCommand({ TableName, Item: Key });

  beforeAll(async () => {
    running = await startSample(STACK);
  });
  afterAll(() => running.stop());

  const refusal = (
    holder: string,
    action: string,
    resource: string,
    reason = `because no identity-based policy allows the ${action} action`,
  ) =>
    `User: arn:aws:sts::111122223333:assumed-role/${holder}-role/sample-${holder}-dev is not authorized to perform: `
      + `${action} on resource: ${resource} ${reason}`;

  describe('let a function do what its role grants', () => {
    it('and refuse a write to DynamoDB to one that may only read', async () => {
      const { dynamodb } = running.clientsOf('Reader');
      await dynamodb.send(new GetItemCommand({ TableName, Key }));
      await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-state',
          KeyConditionExpression: '#s = :s',
          ExpressionAttributeNames: { '#s': 'state' },
          ExpressionAttributeValues: { ':s': { S: 'x' } },
        }),
      );
      await expect(dynamodb.send(put)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 400 },
        message: refusal('reader', 'dynamodb:PutItem', TABLE_ARN),
      });
      await expect(dynamodb.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    });

    it('and refuse SQS with its own words and status', async () => {
      const { sqs } = running.clientsOf('Sender');
      await sqs.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: 'x' }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url(), Entries: [{ Id: '1', MessageBody: 'x' }] }));
      await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: url() }))).rejects.toMatchObject({
        name: 'AccessDenied',
        Code: 'AccessDenied',
        $metadata: { httpStatusCode: 403 },
        message: refusal('sender', 'sqs:receivemessage', QUEUE_ARN),
      });
      await expect(
        sqs.send(
          new SendMessageCommand({ QueueUrl: running.template.byLogicalId('Dead').reference, MessageBody: 'x' }),
        ),
      ).rejects.toThrow('sqs:sendmessage');
    });

    it('and refuse a secret whose ARN no policy matches, though it is asked for by name', async () => {
      const get = (holder: string, SecretId: string) =>
        running.clientsOf(holder).secretsManager.send(new GetSecretValueCommand({ SecretId }));
      expect((await get('Reader', 'sample/key')).ARN).toMatch(SECRET_ARN);
      await expect(get('Sender', 'sample/key')).rejects.toMatchObject({
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 400 },
        message: refusal('sender', 'secretsmanager:GetSecretValue', 'sample/key'),
      });
      // One that does not exist is reported as missing only to those who may read it.
      await expect(get('Reader', 'sample/absent')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await expect(get('Reader', 'other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('unless a Deny of its role or of the resource stands against it', async () => {
      await expect(running.clientsOf('Denied').dynamodb.send(put)).rejects.toThrow(
        refusal('denied', 'dynamodb:PutItem', TABLE_ARN, 'with an explicit deny in an identity-based policy'),
      );
      await running.clientsOf('Denied').dynamodb.send(new GetItemCommand({ TableName, Key }));
      const { sqs } = running.clientsOf('Barred');
      await expect(sqs.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: 'x' }))).rejects.toThrow(
        refusal('barred', 'sqs:sendmessage', QUEUE_ARN, 'with an explicit deny in a resource-based policy'),
      );
      await sqs.send(new ReceiveMessageCommand({ QueueUrl: url() }));
    });

    it('only on the keys that a condition names', async () => {
      const { dynamodb } = running.clientsOf('Own');
      await dynamodb.send(put);
      const foreign = { owner: { S: 'you' }, entry: { S: '1' } };
      await expect(dynamodb.send(new GetItemCommand({ TableName, Key: foreign }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await expect(
        dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key, foreign] } } })),
      ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('only if it has every permission that the call needs', async () => {
      const move = new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:eu-west-1:111122223333:sample-dead' });
      await expect(running.clientsOf('Mover').sqs.send(move)).rejects.toThrow(
        refusal('mover', 'sqs:sendmessage', QUEUE_ARN),
      );
    });
  });

  it('refuse a key that they did not issue, and any region but the stack\'s', async () => {
    const client = (accessKeyId: string, region: string) =>
      new DynamoDBClient({
        region,
        endpoint: running.services.endpoint,
        maxAttempts: 1,
        credentials: { accessKeyId, secretAccessKey: 'x' },
      });
    await expect(client('AKIAUNKNOWN', PLACE.region).send(put)).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    await expect(
      client(running.services.administratorCredentials.accessKeyId, 'us-east-1').send(put),
    ).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringContaining('the stack is in eu-west-1'),
    });
  });

  it('answer in a sentence what is not signed, not known or not JSON', async () => {
    const { endpoint, administratorCredentials: { accessKeyId } } = running.services;
    const ask = async (service: string | undefined, body: string | Buffer, target = 'DynamoDB_20120810.GetItem') => {
      const headers = {
        'x-amz-target': target,
        ...(service
          ? {
            authorization: 'AWS4-HMAC-SHA256 '
                + `Credential=${accessKeyId}/20261122/eu-west-1/${service}/aws4_request, Signature=0`,
          }
          : {}),
      };
      const response = await fetch(endpoint, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
      return { status: response.status, body: await response.text() };
    };
    expect(await ask(undefined, '{}')).toMatchObject({ status: 403, body: expect.stringContaining('is not signed') });
    expect(await ask('xray', '{}')).toMatchObject({
      status: 501,
      body: expect.stringContaining('offers no xray: it has dynamodb, sqs, sns, secretsmanager'),
    });
    expect(await ask('dynamodb', '{')).toMatchObject({
      status: 400,
      body: expect.stringContaining('not a JSON object'),
    });
    expect(await ask('dynamodb', '{}', 'DynamoDB_20120810.Dance')).toMatchObject({
      status: 400,
      body: expect.stringContaining('no operation Dance'),
    });
    expect(await ask('dynamodb', Buffer.alloc(17 * 1024 * 1024, 32))).toMatchObject({ status: 413 });
  });

  it('give a function the same key again, another one to the platform, and none to what is not a function', () => {
    const { services } = running;
    expect(services.credentialsOf('Reader')).toEqual(services.credentialsOf('Reader'));
    expect(services.credentialsOf('Reader', 'platform')).not.toEqual(services.credentialsOf('Reader'));
    expect(() => services.credentialsOf('Queue')).toThrow(
      'Queue is of type AWS::SQS::Queue, but only functions have credentials.',
    );
    expect(() => services.credentialsOf('Absent')).toThrow('has no resource Absent');
  });

  it('count calls by caller, service and operation', async () => {
    const before = (filter: object) => running.services.calls.total('calls', filter);
    const counted = { caller: 'Reader', service: 'dynamodb', operation: 'GetItem', kind: 'function' } as const;
    const calls = before(counted);
    const denied = running.services.calls.total('denied', { caller: 'Reader', operation: 'PutItem' });
    const { dynamodb } = running.clientsOf('Reader');
    await dynamodb.send(new GetItemCommand({ TableName, Key }));
    await dynamodb.send(put).catch(() => undefined);
    expect(before(counted)).toBe(calls + 1);
    expect(running.services.calls.total('denied', { caller: 'Reader', operation: 'PutItem' })).toBe(denied + 1);
    expect(before({ caller: 'Reader', kind: 'platform' })).toBe(0);
    expect(running.services.calls.all({ caller: 'Reader', operation: 'GetItem' })).toMatchObject([
      { kind: 'function', denied: 0, failed: 0 },
    ]);
  });

  describe('let a test inject faults', () => {
    const update = (note: string) =>
      new UpdateItemCommand({
        TableName,
        Key: { owner: { S: 'fault' }, entry: { S: '1' } },
        UpdateExpression: 'SET note = :n',
        ExpressionAttributeValues: { ':n': { S: note } },
      });
    const note = async () =>
      (
        await running.administrator.dynamodb.send(
          new GetItemCommand({ TableName, Key: { owner: { S: 'fault' }, entry: { S: '1' } } }),
        )
      ).Item?.note?.S;

    it.each([
      ['beforeCall', 'refuse', 'InternalServerError', undefined],
      ['beforeCall', 'drop-response', 'Error', undefined],
      ['afterCall', 'refuse', 'InternalServerError', 'written'],
      ['afterCall', 'drop-response', 'Error', 'written'],
    ] as const)('%s: %s is met as %s and leaves the note %s', async (moment, verdict, name, left) => {
      await running.administrator.dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { owner: { S: 'fault' }, entry: { S: '1' } },
          UpdateExpression: 'REMOVE note',
        }),
      );
      const seen: unknown[] = [];
      const remove = running.services.intercept({
        [moment]: (call: { operation: string; input: unknown }) => {
          seen.push(call.input);
          return call.operation === 'UpdateItem' ? verdict : 'pass';
        },
      });
      await expect(running.administrator.dynamodb.send(update('written'))).rejects.toMatchObject({ name });
      expect(await note()).toBe(left);
      expect(seen).toHaveLength(2);
      remove();
      remove();
      await running.administrator.dynamodb.send(update('through'));
      expect(await note()).toBe('through');
    });
  });

  describe('list grants', () => {
    it('that no call used, by role, statement, action and resource', async () => {
      const fresh = await startSample(STACK);
      await fresh.clientsOf('Reader').dynamodb.send(new GetItemCommand({ TableName, Key }));
      expect(
        fresh.services.authorize('Reader', 'logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:x'),
      ).toEqual({ allowed: true });
      const ofReader = fresh.services.unusedGrants().filter(({ role }) => role === 'ReaderRole');
      expect(ofReader).toEqual([
        {
          role: 'ReaderRole',
          origin: 'ReaderPolicy, statement 1',
          actions: ['dynamodb:Query'],
          resources: [`${TABLE_ARN}/index/*`],
          entirely: false,
        },
        {
          role: 'ReaderRole',
          origin: 'ReaderPolicy, statement 2',
          actions: ['secretsmanager:GetSecretValue'],
          resources: ['arn:aws:secretsmanager:*:*:secret:sample/*'],
          entirely: true,
        },
        {
          role: 'ReaderRole',
          origin: 'ReaderRole/AWSLambdaBasicExecutionRole, statement 1',
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream'],
          resources: [],
          entirely: false,
        },
      ]);
      await fresh.stop();
    });

    it('and refuse the platform too what the role lacks', () => {
      expect(running.services.authorize('Sender', 'logs:PutLogEvents', '*')).toEqual({
        allowed: false,
        message:
          'User: arn:aws:sts::111122223333:assumed-role/sender-role/sample-sender-dev is not authorized to perform: '
            + 'logs:PutLogEvents because no identity-based policy allows the logs:PutLogEvents action',
      });
      const byRole = running.services.authorize(
        'arn:aws:iam::111122223333:role/sender-role',
        'sqs:SendMessage',
        QUEUE_ARN,
      );
      expect(byRole).toEqual({ allowed: true });
      expect(() =>
        running.services.authorize('arn:aws:iam::111122223333:role/absent', 'sqs:SendMessage', QUEUE_ARN),
      ).toThrow('which is not in the stack');
    });
  });
});

describe('starting and stopping', () => {
  it('leaves no socket, even with a long poll under way, which it does not wait for', async () => {
    const running = await startSample(STACK);
    const polled = running.administrator.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: running.template.byLogicalId('Queue').reference, WaitTimeSeconds: 20 }),
    );
    // A poll that ran to its end would answer: cut, it fails.
    const outcome = expect(polled).rejects.toThrow();
    while (running.services.inFlight().length === 0) await new Promise(setImmediate);
    await running.services.stop();
    await outcome;
    await expect(fetch(running.services.endpoint)).rejects.toThrow();
    await running.stop();
  });

  it('refuses calls while the AWS endpoint is open and the services are not', async () => {
    const awsEndpoint = await openAwsEndpoint();
    const response = await fetch(awsEndpoint.url, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20261122/eu-west-1/sqs/aws4_request' },
    });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('is starting or has stopped');
    await awsEndpoint.close();
  });

  it('says which port is taken', async () => {
    const awsEndpoint = await openAwsEndpoint();
    const port = Number(new URL(awsEndpoint.url).port);
    await expect(openAwsEndpoint({ port })).rejects.toThrow(`Listening on 127.0.0.1:${port} failed`);
    await awsEndpoint.close();
  });

  it('refuses a function whose role is not in the stack, and closes the AWS endpoint', async () => {
    const awsEndpoint = await openAwsEndpoint();
    const template = loadResources({
      Orphan: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/elsewhere' } },
    });
    await expect(startServices(template, { awsEndpoint })).rejects.toThrow(
      'Orphan acts in the role arn:aws:iam::111122223333:role/elsewhere, which is not in the stack',
    );
    await expect(fetch(awsEndpoint.url)).rejects.toThrow();
  });

  it('offers further services, and survives one that fails', async () => {
    const awsEndpoint = await openAwsEndpoint();
    const scheduler: ServiceBackend = {
      service: 'scheduler',
      protocol: 'rest',
      operationOf: (method, path) =>
        path.startsWith('/schedules/') ? `${method === 'POST' ? 'Create' : 'Get'}Schedule` : undefined,
      needs: ({ operation, path }) =>
        operation
          ? [
            {
              action: `scheduler:${operation}`,
              resource: `arn:aws:scheduler:eu-west-1:111122223333:schedule/default${path.slice('/schedules'.length)}`,
            },
          ]
          : undefined,
      perform: async ({ operation, path, input }) => {
        if (operation === 'GetSchedule') throw new Error('the scheduler broke');
        return { status: 200, headers: {}, body: JSON.stringify({ path, input }) };
      },
      fault: ({ kind, message }) => ({
        status: kind === 'internal' ? 500 : 400,
        headers: {},
        body: `${kind}: ${message}`,
      }),
    };
    const services = await startServices(loadResources({}), { awsEndpoint, furtherServices: [scheduler] });
    const authorization = 'AWS4-HMAC-SHA256 '
      + `Credential=${services.administratorCredentials.accessKeyId}/20261122/eu-west-1/scheduler/aws4_request`;
    const ask = async (method: string, path: string, body?: string) => {
      const response = await fetch(services.endpoint + path, {
        method,
        headers: { authorization },
        ...(body ? { body } : {}),
      });
      return response.text();
    };
    expect(await ask('POST', '/schedules/nightly', '{"State":"ENABLED"}')).toBe(
      '{"path":"/schedules/nightly","input":{"State":"ENABLED"}}',
    );
    expect(await ask('GET', '/schedules/nightly')).toBe(
      'internal: The embedded cloud failed in scheduler GetSchedule: the scheduler broke',
    );
    expect(await ask('GET', '/else')).toContain('unknown-operation');
    await services.stop();
  });
});
