import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stringify } from 'yaml';
import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import { BootstrapStack } from '../../../src/infra/bootstrap/bootstrap-stack';
import { qualifierOf, toolkitStackName } from '../../../src/infra/bootstrap/role-names';
import { StageSeparation } from '../../../src/infra/bootstrap/stage-separation';
import { namesOf, templateOf } from '../template';
import type { Call, PolicyStatement } from './written-policy';
import { may, written } from './written-policy';

const stage = (name: string) =>
  ({ name, environment: name, testEnvironment: `${name}-test`, region: 'eu-west-2', writesTestData: false });

function policiesOf(...names: readonly string[]): ReadonlyMap<string, readonly PolicyStatement[]> {
  const stages = names.map(stage);
  return new Map(stages.flatMap((one) => {
    const others = stages.filter((other) => other !== one);
    const stack = new StageSeparation(
      new App({ builtinCloudFormationValidation: false }), `separation-${one.name}`, { stage: one, others });
    return Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(
      ({ Properties }): [string, readonly PolicyStatement[]] =>
        [String(Properties.ManagedPolicyName), Properties.PolicyDocument.Statement]);
  }));
}

const shared = policiesOf('dev', 'prod');

/** What a role of the stage's deployment may do: what its policy allows within the boundary. */
function deploymentMay(name: string, call: Call): boolean {
  return may(shared.get(`ai-multi-comms-execution-${name}`) ?? [], call)
    && may(shared.get(`ai-multi-comms-boundary-${name}`) ?? [], call);
}

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:123456789012:${rest}`;

/** A change of everything that the stage's stack makes under a name. */
function changesOf(name: string): readonly Call[] {
  const template = templateOf(name);
  const named = (type: string, property: string) => namesOf(template, type, property);
  return [
    ...named('AWS::Lambda::Function', 'FunctionName').map((one) =>
      ({ action: 'lambda:UpdateFunctionCode', resource: arn('lambda', `function:${one}`) })),
    ...named('AWS::DynamoDB::Table', 'TableName').flatMap((one) => [
      { action: 'dynamodb:UpdateTable', resource: arn('dynamodb', `table/${one}`) },
      { action: 'dynamodb:Query', resource: arn('dynamodb', `table/${one}/index/reply-index`) },
    ]),
    ...named('AWS::SQS::Queue', 'QueueName').map((one) =>
      ({ action: 'sqs:SetQueueAttributes', resource: arn('sqs', one) })),
    ...named('AWS::SNS::Topic', 'TopicName').map((one) => ({ action: 'sns:Subscribe', resource: arn('sns', one) })),
    ...named('AWS::CloudWatch::Alarm', 'AlarmName').map((one) =>
      ({ action: 'cloudwatch:DeleteAlarms', resource: arn('cloudwatch', `alarm:${one}`) })),
    ...named('AWS::Events::Rule', 'Name').map((one) =>
      ({ action: 'events:PutRule', resource: arn('events', `rule/${one}`) })),
    {
      action: 'codedeploy:UpdateDeploymentGroup',
      resource: arn('codedeploy', `deploymentgroup:${resourceNames(name).stack}/x`),
    },
    { action: 'iam:PutRolePolicy', resource: `arn:aws:iam::123456789012:role/ai-multi-comms-${name}-RouterRole-A1` },
    { action: 's3:GetObject', resource: `arn:aws:s3:::cdk-${qualifierOf(name)}-assets-123456789012-eu-west-2/a.zip` },
  ];
}

describe.each([['dev', 'prod'], ['prod', 'dev']])('in an account with two stages, %s', (own, other) => {
  test('can deploy everything of its own stack', () => {
    const calls = changesOf(own);
    expect(calls.length).toBeGreaterThan(60);
    expect(calls.filter((call) => !deploymentMay(own, call))).toEqual([]);
  });

  test(`reaches nothing of ${other} that has a name`, () => {
    expect(changesOf(other).filter((call) => deploymentMay(own, call))).toEqual([]);
  });

  const bounded = (call: Call) => may(shared.get(`ai-multi-comms-boundary-${own}`) ?? [], call);

  test(`cannot deploy the stack of ${other}, by whatever role`, () => {
    for (const name of [resourceNames(other).stack, toolkitStackName(other)]) {
      for (const action of ['cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet', 'cloudformation:DeleteStack']) {
        expect([name, action, bounded({ action, resource: arn('cloudformation', `stack/${name}/a1b2`) })])
          .toEqual([name, action, false]);
      }
    }
    for (const role of [`cdk-${qualifierOf(other)}-deploy-role-1`, `cdk-${qualifierOf(other)}-cfn-exec-role-1`, `ai-multi-comms-deploy-${other}`]) {
      expect([role, bounded({ action: 'sts:AssumeRole', resource: `arn:aws:iam::123456789012:role/${role}` })])
        .toEqual([role, false]);
    }
    expect(bounded({ action: 'cloudformation:UpdateStack', resource: arn('cloudformation', `stack/${resourceNames(own).stack}/a1`) })).toBe(true);
  });

  test(`has functions that reach no record, message or secret of ${other}, whatever their own policy says`, () => {
    const { conversationTable, queue, credentialSecret, modelSecret } = resourceNames(other);
    const secrets = CHANNELS.flatMap((channel) => [modelSecret(channel), credentialSecret(channel, 'acme', 'hiring')]);
    for (const call of [
      { action: 'dynamodb:GetItem', resource: arn('dynamodb', `table/${conversationTable}`) },
      { action: 'sqs:SendMessage', resource: arn('sqs', queue('sms')) },
      ...secrets.map((name) => ({
        action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', `secret:${name}-a1B2c3`),
      })),
    ]) expect([call, bounded(call)]).toEqual([call, false]);
  });

  test('has functions that reach their own secrets, whatever a company is called', () => {
    const { credentialSecret } = resourceNames(own);
    for (const company of ['acme', `acme-${other}`, `${other}-acme`, `ai-${other}-ltd`]) {
      const name = credentialSecret('sms', company, `jobs-${other}`);
      expect([name, bounded({ action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', `secret:${name}-a1B2c3`) })])
        .toEqual([name, true]);
    }
  });

  test('gives every role of its stack the boundary', () => {
    const roles = Object.values(templateOf(own).Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(5);
    for (const { Properties } of roles) {
      expect(JSON.stringify(Properties.PermissionsBoundary)).toContain(`:policy/ai-multi-comms-boundary-${own}"`);
    }
  });

  test('makes no role that could do more, and cannot lift its limits', () => {
    const role = `arn:aws:iam::123456789012:role/ai-multi-comms-${own}-New`;
    const withBoundary = (name: string) => ({ 'iam:PermissionsBoundary': `arn:aws:iam::123456789012:policy/${name}` });
    const create = { action: 'iam:CreateRole', resource: role };
    expect(deploymentMay(own, { ...create, conditions: withBoundary(`ai-multi-comms-boundary-${own}`) })).toBe(true);
    expect(deploymentMay(own, create)).toBe(false);
    expect(deploymentMay(own, { ...create, conditions: withBoundary('AdministratorAccess') })).toBe(false);
    for (const call of [
      { action: 'iam:DeleteRolePermissionsBoundary', resource: role },
      { action: 'iam:CreatePolicyVersion', resource: `arn:aws:iam::123456789012:policy/ai-multi-comms-boundary-${own}` },
      { action: 'iam:PutRolePolicy', resource: `arn:aws:iam::123456789012:role/cdk-${qualifierOf(own)}-cfn-exec-role-1` },
      { action: 'iam:UpdateAssumeRolePolicy', resource: `arn:aws:iam::123456789012:role/ai-multi-comms-deploy-${own}` },
      { action: 'iam:CreateUser', resource: 'arn:aws:iam::123456789012:user/x' },
    ]) expect([call.action, bounded(call)]).toEqual([call.action, false]);
  });

  test(`does not reach what of ${other} has no name, once CloudFormation has tagged it`, () => {
    const api = { action: 'apigateway:PATCH', resource: 'arn:aws:apigateway:eu-west-2::/restapis/a1b2c3' };
    const tagged = (name: string) => ({ 'aws:ResourceTag/aws:cloudformation:stack-name': resourceNames(name).stack });
    expect(deploymentMay(own, { ...api, conditions: tagged(other) })).toBe(false);
    expect(deploymentMay(own, { ...api, conditions: tagged(own) })).toBe(true);
  });
});

test('a stage with an account of its own has the same limits for itself', () => {
  const alone = policiesOf('prod').get('ai-multi-comms-boundary-prod') ?? [];
  expect(may(alone, { action: 'iam:CreateUser', resource: 'arn:aws:iam::123456789012:user/x' })).toBe(false);
  expect(may(alone, { action: 'dynamodb:GetItem', resource: arn('dynamodb', 'table/ai-multi-comms-conversations-dev') })).toBe(true);
});

test('the stacks of three stages are deployed without a bucket, which is there only afterwards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  try {
    const app = new App({ outdir: folder, builtinCloudFormationValidation: false });
    const stages = ['dev', 'staging', 'prod'].map((name) => ({ ...stage(name), writesTestData: name !== 'prod' }));
    const common = () =>
      ({ env: { account: '123456789012', region: 'eu-west-2' }, synthesizer: new BootstraplessSynthesizer() });
    const delivery = { repository: { owner: 'example-org', name: 'engine' }, stages };
    new BootstrapStack(app, 'bootstrap', { ...common(), delivery, stages, providerExists: false });
    for (const one of stages) {
      new StageSeparation(app, one.name, { ...common(), stage: one, others: stages.filter((other) => other !== one) });
    }
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    app.synth();
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    expect(templates).toHaveLength(4);
    for (const file of templates) {
      // CDK's command sends YAML.
      const template: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      expect([file, stringify(template).length < 51_200]).toEqual([file, true]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('three stages of one account fit into what IAM takes for a policy', () => {
  for (const [name, statements] of policiesOf('dev', 'staging', 'prod')) {
    const text = JSON.stringify(statements, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'Fn::Join' in value ? written(value) : value);
    expect([name, text.length + 50 < 6_144]).toEqual([name, true]);
  }
});

test.each([['prod', 'eu-prod'], ['prod', 'prod-eu'], ['a', 'b-a-c']])(
  'the stages %s and %s cannot be told apart by names, and are refused', (one, other) => {
    expect(() => policiesOf(one, other)).toThrow("one's name is a part of the other's");
  });

test('every stage has a qualifier that CDK takes', () => {
  const names = ['dev', 'prod', 'staging', 'production', 'a-stage-with-a-long-name', 'a-stage-with-a-long-namf'];
  const qualifiers = names.map(qualifierOf);
  for (const qualifier of qualifiers) expect(qualifier).toMatch(/^[a-z0-9]{1,10}$/);
  expect(new Set(qualifiers).size).toBe(names.length);
});
