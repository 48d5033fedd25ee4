import type { UnusedGrant } from '../../../../tools/embedded-aws/permissions/grant-use';
import { unusedGrants } from '../../../../tools/embedded-aws/permissions/grant-use';
import { Permissions } from '../../../../tools/embedded-aws/permissions/permissions';
import { loadResources } from '../template/written-assembly';

const ROLE = 'arn:aws:iam::111122223333:role/worker';
const SESSION = { roleArn: ROLE, sessionName: 'sample-worker-dev' };
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const role = (properties: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker', ...properties } },
});

function permissionsOf(resources: object): Permissions {
  const permissions = new Permissions(loadResources(resources));
  permissions.admit(ROLE, 'Worker');
  return permissions;
}
const may = (permissions: Permissions, action: string, resource: string) =>
  permissions.authorize(SESSION, [{ action, resource }]).allowed;

describe('a role holds', () => {
  it('its inline policies', () => {
    const permissions = permissionsOf(
      role({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(allow('sqs:SendMessage', QUEUE)) }] }),
    );
    expect(may(permissions, 'sqs:SendMessage', QUEUE)).toBe(true);
    expect(may(permissions, 'sqs:ReceiveMessage', QUEUE)).toBe(false);
  });

  it('the policies attached to it, and not those of others', () => {
    const policy = (Roles: unknown, Action: string) => ({
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: Action, Roles, PolicyDocument: document(allow(Action, '*')) },
    });
    const permissions = permissionsOf({
      ...role(),
      Mine: policy([{ Ref: 'Role' }], 'sqs:SendMessage'),
      Theirs: policy(['other'], 'sqs:ReceiveMessage'),
      Nobodys: policy(undefined, 'sqs:DeleteMessage'),
    });
    expect(
      ['SendMessage', 'ReceiveMessage', 'DeleteMessage'].map((action) => may(permissions, `sqs:${action}`, QUEUE)),
    ).toEqual([true, false, false]);
  });

  it('the stack\'s managed policies, attached from either side, once', () => {
    const managed = (properties: object) => ({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: document(allow('sqs:SendMessage', QUEUE)), ...properties },
    });
    const fromRole = permissionsOf({ ...role({ ManagedPolicyArns: [{ Ref: 'Managed' }] }), Managed: managed({}) });
    const fromPolicy = permissionsOf({ ...role(), Managed: managed({ Roles: [{ Ref: 'Role' }] }) });
    const fromBoth = permissionsOf({
      ...role({ ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/both'] }),
      Managed: managed({ ManagedPolicyName: 'both', Roles: [{ Ref: 'Role' }] }),
    });
    for (const permissions of [fromRole, fromPolicy, fromBoth]) {
      expect(may(permissions, 'sqs:SendMessage', QUEUE)).toBe(true);
      expect(permissions.grantUse()).toHaveLength(1);
    }
  });

  it('AWS\'s managed policies that are known, and no others', () => {
    const holding = (arn: string) => permissionsOf(role({ ManagedPolicyArns: [arn] }));
    const logging = holding('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
    expect(may(logging, 'logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:x')).toBe(true);
    expect(may(logging, 'xray:PutTraceSegments', '*')).toBe(false);
    expect(may(holding('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'), 'xray:PutTraceSegments', '*')).toBe(true);
    expect(() => holding('arn:aws:iam::aws:policy/AdministratorAccess')).toThrow(
      'The role Role holds the managed policy arn:aws:iam::aws:policy/AdministratorAccess, which the embedded cloud '
        + 'does not know',
    );
    expect(() => holding('arn:aws:iam::111122223333:policy/AWSXRayDaemonWriteAccess')).toThrow('does not know');
  });

  it('nothing that cannot be evaluated: such a stack is refused', () => {
    const inline = (statement: object) => () =>
      permissionsOf(role({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(statement) }] }));
    expect(() => permissionsOf(role({ PermissionsBoundary: 'arn:x' }))).toThrow(
      'The role Role has a permissions boundary',
    );
    expect(inline(allow('sqs:*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))).toThrow(
      'Role/inline, statement 1 uses the condition operator IpAddress',
    );
    expect(inline(allow('sqs:*', 'arn:aws:sqs:*:*:${aws:username}'))).toThrow(
      'Role/inline, statement 1 uses the policy variable in arn:aws:sqs:*:*:${aws:username}',
    );
    expect(inline({ Effect: 'Allow', Action: 'sqs:*' })).toThrow('names no action or no resource');
    expect(inline({ Effect: 'Allow', Resource: '*' })).toThrow('names no action or no resource');
    expect(inline(allow('sqs:*', '*', { Effect: 'Perhaps' }))).toThrow('The policy Role/inline cannot be read');
    expect(inline(allow('sqs:*', '*', { Sometimes: true }))).toThrow('Sometimes');
    expect(() => permissionsOf({})).toThrow(`Worker acts in the role ${ROLE}, which is not in the stack`);
  });

  it('one statement as well as a list of them', () => {
    const permissions = permissionsOf(
      role({
        Policies: [
          { PolicyName: 'inline', PolicyDocument: { Statement: allow('sqs:SendMessage', QUEUE, { Sid: 'Send' }) } },
        ],
      }),
    );
    expect(may(permissions, 'sqs:SendMessage', QUEUE)).toBe(true);
    expect(permissions.grantUse()[0]?.origin).toBe('Role/inline, statement 1 (Send)');
  });
});

describe('the policy of a resource', () => {
  const everything = role({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(allow('*', '*')) }] });
  const denial = document({ Effect: 'Deny', Principal: { AWS: ROLE }, Action: '*', Resource: '*' });

  it.each([
    [
      'queue',
      'sqs:SendMessage',
      {
        It: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
        Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'It' }], PolicyDocument: denial } },
      },
      '',
    ],
    [
      'topic',
      'sns:Publish',
      {
        It: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
        Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'It' }], PolicyDocument: denial } },
      },
      '',
    ],
    [
      'secret',
      'secretsmanager:GetSecretValue',
      {
        It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'a' } },
        Policy: {
          Type: 'AWS::SecretsManager::ResourcePolicy',
          Properties: { SecretId: { Ref: 'It' }, ResourcePolicy: denial },
        },
      },
      '',
    ],
    [
      'table, its indexes too',
      'dynamodb:Query',
      {
        It: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { TableName: 'orders', ResourcePolicy: { PolicyDocument: denial } },
        },
      },
      '/index/by-state',
    ],
    ['key', 'kms:Decrypt', { It: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: denial } } }, ''],
  ])('of a %s is applied', (_name, action, resources, suffix) => {
    const template = loadResources({ ...everything, ...resources });
    const permissions = new Permissions(template);
    permissions.admit(ROLE, 'Worker');
    expect(
      permissions.authorize(SESSION, [{ action, resource: `${template.byLogicalId('It').arn}${suffix}` }]),
    ).toEqual({
      allowed: false,
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
    expect(may(permissions, action, 'arn:aws:other:eu-west-1:111122223333:thing')).toBe(true);
  });

  it('of nothing in the stack is left alone', () => {
    const policy = { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['elsewhere'], PolicyDocument: denial } };
    expect(
      may(
        permissionsOf({ ...everything, Policy: policy, Bare: { Type: 'AWS::SQS::QueuePolicy', Properties: {} } }),
        'sqs:SendMessage',
        QUEUE,
      ),
    ).toBe(true);
  });
});

describe('a resource encrypted with a key of the stack', () => {
  const KEY = {
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/own', TargetKeyId: { Ref: 'Key' } } },
  };
  const inline = (...statements: object[]) =>
    role({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(...statements) }] });
  const queue = (KmsMasterKeyId: unknown) => ({
    Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', KmsMasterKeyId } },
  });
  const useKey = allow(
    ['kms:Decrypt', 'kms:GenerateDataKey'],
    { 'Fn::GetAtt': ['Key', 'Arn'] },
    { Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } } },
  );

  it('needs the right to use the key, however that is named', () => {
    for (const name of [
      { Ref: 'Key' },
      { 'Fn::GetAtt': ['Key', 'Arn'] },
      'alias/own',
      { 'Fn::GetAtt': ['Alias', 'AliasArn'] },
    ]) {
      const resources = { ...KEY, ...queue(name) };
      const without = permissionsOf({ ...resources, ...inline(allow('sqs:*', '*')) }).authorize(SESSION, [
        { action: 'sqs:SendMessage', resource: QUEUE },
      ]);
      expect(without).toEqual({
        allowed: false,
        message: expect.stringMatching(
          /kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:111122223333:key\/.* because no identity-based policy/,
        ),
      });
      const permissions = permissionsOf({ ...resources, ...inline(allow('sqs:*', '*'), useKey) });
      expect(
        ['SendMessage', 'ReceiveMessage', 'DeleteMessage'].map((action) => may(permissions, `sqs:${action}`, QUEUE)),
      ).toEqual([true, true, true]);
    }
  });

  it('needs it for each service in its own name', () => {
    const table = {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: 'orders', SSESpecification: { KMSMasterKeyId: { Ref: 'Key' } } },
      },
    };
    const permissions = permissionsOf({ ...KEY, ...table, ...inline(allow('dynamodb:*', '*'), useKey) });
    expect(may(permissions, 'dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/x')).toBe(
      false,
    );
    expect(may(permissions, 'dynamodb:DescribeTable', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders')).toBe(
      true,
    );
  });

  it('but none with a key that AWS manages', () => {
    expect(
      may(
        permissionsOf({ ...KEY, ...queue('alias/aws/sqs'), ...inline(allow('sqs:*', '*')) }),
        'sqs:SendMessage',
        QUEUE,
      ),
    ).toBe(true);
  });
});

describe('grants that no call needed', () => {
  const RESOURCES = role({
    Policies: [{
      PolicyName: 'inline',
      PolicyDocument: document(
        allow(['sqs:SendMessage', 'sqs:Get*'], [QUEUE, `${QUEUE}-other`]),
        { Effect: 'Deny', Action: 'sns:*', Resource: '*' },
        { Effect: 'Allow', NotAction: ['iam:*'], Resource: 'arn:aws:logs:*' },
      ),
    }],
  });
  type Calls = ReadonlyArray<readonly [string, string]>;
  const unusedAfter = (...runs: readonly Calls[]): readonly UnusedGrant[] => unusedGrants(...runs.map((calls) => {
    const permissions = permissionsOf(RESOURCES);
    for (const [action, resource] of calls) permissions.authorize(SESSION, [{ action, resource }]);
    return permissions.grantUse();
  }));
  const second = {
    role: 'Role',
    origin: 'Role/inline, statement 3',
    actions: ['all but iam:*'],
    resources: ['arn:aws:logs:*'],
    entirely: true,
  };

  it('are listed by statement, a Deny not among them', () => {
    expect(unusedAfter([])).toEqual([
      {
        role: 'Role',
        origin: 'Role/inline, statement 1',
        actions: ['sqs:SendMessage', 'sqs:Get*'],
        resources: [QUEUE, `${QUEUE}-other`],
        entirely: true,
      },
      second,
    ]);
    expect(unusedGrants()).toEqual([]);
  });

  it('are put together from several runs', () => {
    expect(
      unusedAfter(
        [['sqs:SendMessage', QUEUE]],
        [['sqs:GetQueueUrl', QUEUE]],
        [['logs:PutLogEvents', 'arn:aws:logs:x']],
      ),
    ).toEqual([
      { role: 'Role', origin: 'Role/inline, statement 1', actions: [], resources: [`${QUEUE}-other`], entirely: false },
    ]);
  });

  it('stay unused by a call that was refused', () => {
    expect(unusedAfter([['sqs:DeleteMessage', QUEUE], ['sqs:SendMessage', 'arn:elsewhere']])).toHaveLength(2);
  });
});
