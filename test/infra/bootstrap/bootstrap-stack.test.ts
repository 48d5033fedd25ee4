import { App, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { BootstrapStackProps } from '../../../src/infra/bootstrap/bootstrap-stack';
import { BootstrapStack } from '../../../src/infra/bootstrap/bootstrap-stack';
import type { DeliveryContext } from '../../../src/infra/bootstrap/delivery-context';
import { may } from './written-policy';

const DELIVERY: DeliveryContext = {
  repository: { owner: 'example-org', name: 'engine' },
  stages: [
    { name: 'dev', environment: 'dev', testEnvironment: 'dev-test', region: 'eu-west-2', writesTestData: true },
    { name: 'prod', environment: 'prod', testEnvironment: 'prod-test', region: 'eu-west-1', writesTestData: false },
  ],
};

const templates = new Map<string, Template>();

/** Each different stack is synthesised once. */
function templateOf(change: Partial<BootstrapStackProps> = {}): Template {
  const key = JSON.stringify(change);
  const known = templates.get(key) ?? synthesise(change);
  templates.set(key, known);
  return known;
}

function synthesise(change: Partial<BootstrapStackProps>): Template {
  const props = { delivery: DELIVERY, stages: DELIVERY.stages, providerExists: false, ...change };
  return Template.fromStack(
    new BootstrapStack(new App({ builtinCloudFormationValidation: false }), 'bootstrap', props),
  );
}

function role(name: string, subjects: unknown) {
  return {
    RoleName: name,
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRoleWithWebIdentity',
          Effect: 'Allow',
          Principal: { Federated: { Ref: Match.stringLikeRegexp('^GitHub') } },
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': subjects,
            },
          },
        },
      ],
    },
  };
}

/** The statements of a role's own policy. */
function statements(template: Template, role_: string): ReadonlyArray<Readonly<Record<string, unknown>>> {
  const found = Object.values(template.findResources('AWS::IAM::Policy')).find(({ Properties }) =>
    String(Properties.PolicyName).startsWith(role_),
  );
  return found?.Properties.PolicyDocument.Statement ?? [];
}

const REGION: Readonly<Record<string, string>> = { Testdev: 'eu-west-2', Testprod: 'eu-west-1' };

describe('the bootstrap stack', () => {
  test('makes GitHub an identity provider once, and leaves it behind for others', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    template.hasResource('AWS::IAM::OIDCProvider', {
      Properties: { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] },
      DeletionPolicy: 'Retain',
    });
  });

  test('takes the provider that the account has', () => {
    const template = templateOf({ providerExists: true });
    template.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    expect(JSON.stringify(template.toJSON())).toContain(':oidc-provider/token.actions.githubusercontent.com');
  });

  test("trusts the deploy role to one environment of one repository, and the test role to that and the tests' own", () => {
    const template = templateOf();
    template.hasResourceProperties(
      'AWS::IAM::Role',
      role('ai-multi-comms-deploy-prod', 'repo:example-org/engine:environment:prod'),
    );
    template.hasResourceProperties(
      'AWS::IAM::Role',
      role('ai-multi-comms-test-prod', [
        'repo:example-org/engine:environment:prod',
        'repo:example-org/engine:environment:prod-test',
      ]),
    );
    template.resourceCountIs('AWS::IAM::Role', 4);
  });

  test('compares by equality alone', () => {
    const conditions = Object.values(templateOf().findResources('AWS::IAM::Role')).map(({ Properties }) =>
      Object.keys(Properties.AssumeRolePolicyDocument.Statement[0].Condition),
    );
    expect(conditions).toEqual(Array.from({ length: 4 }, () => ['StringEquals']));
  });

  test('writes the subject with immutable ids for a repository that has them', () => {
    const delivery = {
      ...DELIVERY,
      repository: { ...DELIVERY.repository, ids: { owner: '123456', repository: '456789' } },
    };
    templateOf({ delivery }).hasResourceProperties(
      'AWS::IAM::Role',
      role('ai-multi-comms-deploy-dev', 'repo:example-org@123456/engine@456789:environment:dev'),
    );
  });

  test('trusts both forms while a repository changes from one to the other', () => {
    const ids = { owner: '123456', repository: '456789' };
    const delivery = { ...DELIVERY, repository: { ...DELIVERY.repository, ids, subjects: 'both' as const } };
    templateOf({ delivery }).hasResourceProperties('AWS::IAM::Role', role('ai-multi-comms-deploy-dev', [
      'repo:example-org/engine:environment:dev', 'repo:example-org@123456/engine@456789:environment:dev',
    ]));
  });

  test('refuses to trust identifiers that are not given', () => {
    const delivery = { ...DELIVERY, repository: { ...DELIVERY.repository, subjects: 'ids' as const } };
    expect(() => templateOf({ delivery })).toThrow('by its identifiers failed: they are not given. Add ids');
  });

  test('trusts no job without an environment, as the one that attests is', () => {
    const trusted = Object.values(templateOf().findResources('AWS::IAM::Role')).flatMap(({ Properties }) => [
      Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['token.actions.githubusercontent.com:sub'],
    ].flat());
    expect(trusted.length).toBeGreaterThan(0);
    for (const subject of trusted) expect(subject).toMatch(/^repo:example-org\/engine:environment:[a-z-]+$/);
    expect(trusted).not.toContain('repo:example-org/engine:ref:refs/heads/develop');
  });

  test('names one subject where tests share the stage\'s environment', () => {
    const stages = DELIVERY.stages.map((stage) => ({ ...stage, testEnvironment: stage.environment }));
    templateOf({ stages }).hasResourceProperties(
      'AWS::IAM::Role',
      role('ai-multi-comms-test-dev', 'repo:example-org/engine:environment:dev'),
    );
  });

  test('lets a deploy role become CDK\'s own roles of the stage, look at what a deployment would meet, and no more', () => {
    const [becoming, ...looking] = statements(templateOf(), 'Deployprod');
    expect(becoming).toMatchObject({ Action: 'sts:AssumeRole', Effect: 'Allow' });
    const resources = JSON.stringify(becoming?.Resource);
    for (const name of ['deploy-role', 'file-publishing-role', 'lookup-role']) {
      expect(resources).toContain(`:role/cdk-amcprod-${name}-`);
    }
    expect(resources.match(/-eu-west-1"/g)).toHaveLength(3);
    expect(resources).not.toContain('*');
    expect(looking.map(({ Action }) => Action)).toEqual([
      ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'], 'lambda:GetAccountSettings', 'apigateway:GET',
    ]);
    for (const path of ['/restapis', '/apikeys', '/usageplans/a1/keys']) {
      expect(may(looking, { action: 'apigateway:GET', resource: `arn:aws:apigateway:eu-west-1::${path}` })).toBe(false);
    }
    expect(may(looking, {
      action: 'cloudformation:GetTemplate', resource: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/ai-multi-comms-dev/a1',
    })).toBe(false);
  });

  test('lets tests of dev read and write test companies and people of fiction, and nothing else', () => {
    const touching = statements(templateOf(), 'Testdev').filter(({ Action }) => JSON.stringify(Action).includes('Item'));
    expect(touching.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['e2e-*', 'api-key#e2e0*'] } },
      {
        'ForAllValues:StringLike': {
          'dynamodb:LeadingKeys': ['+447700900*', '*@example.com', 'request#e2e-*', 'usage#e2e-*'],
        },
      },
    ]);
    expect(JSON.stringify(touching)).not.toContain('/index/');
  });

  const gateway = (path: string) => ({ action: 'apigateway:GET', resource: `arn:aws:apigateway:eu-west-2::${path}` });

  test.each(['Testdev', 'Testprod'])('shows %s no key of a client, wherever API Gateway answers one', (role_) => {
    const granted = statements(templateOf(), role_);
    for (const path of [
      '/usageplans/a1b2c3/keys', '/usageplans/a1b2c3/keys/k1', '/apikeys', '/apikeys/k1', '/apikeys?includeValues=true',
    ]) {
      expect([path, may(granted, { ...gateway(path), resource: gateway(path).resource.replace('eu-west-2', REGION[role_] ?? '') })])
        .toEqual([path, false]);
    }
  });

  test.each(['Testdev', 'Testprod'])('shows %s what its checks compare', (role_) => {
    for (const path of ['/restapis', '/restapis/a1/stages/dev', '/usageplans', '/usageplans/a1b2c3']) {
      const resource = gateway(path).resource.replace('eu-west-2', REGION[role_] ?? '');
      expect([path, may(statements(templateOf(), role_), { action: 'apigateway:GET', resource })]).toEqual([path, true]);
    }
  });

  test('lets tests of prod see no record, no key, no secret and no message, and change nothing', () => {
    const text = JSON.stringify(statements(templateOf(), 'Testprod').filter(({ Effect }) => Effect === 'Allow'));
    expect(text).not.toMatch(
      /GetItem|Query|Scan|apikeys|Secret|ReceiveMessage|FilterLogEvents|Put|Update|Delete|Create|:\*"/,
    );
    expect(text).toContain('cloudformation:DetectStackDrift');
  });

  test('lets tests start functions that refuse a call without a key or a message, and no others', () => {
    const invoking = JSON.stringify(
      statements(templateOf(), 'Testprod').filter((statement) => JSON.stringify(statement).includes('Invoke')),
    );
    const functions = [...invoking.matchAll(/function:([\w*-]+)/g)].map(([, name]) => name);
    expect(functions).toEqual(
      [
        'channel-router',
        'conversation-reader',
        'conversation-canceller',
        'dry-run',
        'client-replies',
        'event-api',
        'whatsapp-channel-processor',
        'sms-channel-processor',
        'email-channel-processor',
      ].map((name) => `ai-multi-comms-${name}-prod`),
    );
  });

  test('lets tests of dev make and remove keys of their own tag and secrets of their own companies, and read no secret', () => {
    const granted = statements(templateOf(), 'Testdev');
    const saying = (word: string) => granted.filter((statement) => JSON.stringify(statement).includes(word));
    expect(JSON.stringify(granted)).not.toMatch(/GetSecretValue|PutSecretValue|UpdateSecret/);
    expect(saying('apigateway:DELETE')).toMatchObject([
      { Condition: { StringEquals: { 'aws:ResourceTag/ai-multi-comms-test': 'true' } } },
    ]);
    for (const secret of [...JSON.stringify(saying('CreateSecret')).matchAll(/secret:([^"]*)/g)].map(
      ([, name]) => name,
    )) {
      expect(secret).toMatch(
        /^ai-multi-comms\/(whatsapp|sms|email)-credentials\/e2e-\*\/\*\/(twilio|sendgrid)-dev(?:-\?{6})?$/,
      );
    }
  });

  test('makes roles only for the stages that were chosen', () => {
    templateOf({ stages: DELIVERY.stages.slice(0, 1) }).resourceCountIs('AWS::IAM::Role', 2);
  });

  test('passes cdk-nag', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    const stack = new BootstrapStack(app, 'bootstrap', {
      delivery: DELIVERY,
      stages: DELIVERY.stages,
      providerExists: false,
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
    expect(stack.stackName).toBe('bootstrap');
  });
});
