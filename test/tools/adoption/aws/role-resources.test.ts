import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { policies, roles } from '../../../../tools/adoption/aws/role-resources';
import { StageScope } from '../../../../tools/adoption/stage-scope';
import { NAMES, sample } from '../sample-findings';
import type { Answers } from './stubbed-client';
import { fails, REGION, stubbed } from './stubbed-client';

const scope = new StageScope('dev', ['dev', 'prod']);
const arnOf = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const trust = (principal: unknown) =>
  encodeURIComponent(
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal }, { Effect: 'Deny', Principal: '*' }] }));
const options = { discardMessages: false };

function rolesOf(
  answers: Answers, functions: ReadonlyArray<{ FunctionName: string; Role: string }> = [], logRole?: string) {
  const iam = stubbed(new IAMClient(REGION), answers);
  const lambda = stubbed(new LambdaClient(REGION), { ListFunctions: () => ({ Functions: functions }) });
  const gateway = stubbed(new APIGatewayClient(REGION), { GetAccount: () => ({ cloudwatchRoleArn: logRole }) });
  return { adapter: roles(iam.client, lambda.client, gateway.client), iam };
}

function listing(names: readonly string[], role: object): Answers {
  return {
    ListRoles: () => ({ Roles: names.map((name) => ({ RoleName: name, Arn: arnOf(name) })) }),
    GetRole: ({ RoleName: name }) => ({ Role: { RoleName: name, RoleId: `id of ${String(name)}`, ...role } }),
    ListInstanceProfilesForRole: () => ({ InstanceProfiles: [] }),
  };
}

describe('roles', () => {
  test('are found by name, by Lambda\'s console\'s habit, and by the functions that run with them', async () => {
    const names = ['ai-multi-comms-processor-role-dev', `${NAMES.router}-role-a1b2c3d4`, 'lambda-basic', 'payroll'];
    const { adapter } = rolesOf(
      listing(names, { AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) }), [
        { FunctionName: NAMES.router, Role: arnOf('lambda-basic') },
        { FunctionName: 'payroll', Role: arnOf('lambda-basic') },
      ]);
    const found = await adapter.list(scope);
    expect(found.map(({ name }) => name)).toEqual(names.slice(0, 3));
    expect(found[2]).toEqual({
      kind: 'role', name: 'lambda-basic', id: 'lambda-basic', revision: 'id of lambda-basic',
      usedBy: [NAMES.router, 'payroll'], instanceProfiles: [],
      trusts: ['lambda.amazonaws.com'], taggedStack: undefined, lastUsedRegion: undefined, writesApiLogs: false,
    });
  });

  test('tell of stacks and regions elsewhere, of machines, and of the API\'s logs', async () => {
    const name = 'ai-multi-comms-logs-role-dev';
    const { adapter } = rolesOf({
      ...listing([name], {
        Tags: [{ Key: 'aws:cloudformation:stack-id', Value: 'arn:aws:cloudformation:us-east-1:1:stack/a/b' }],
        RoleLastUsed: { Region: 'us-east-1' },
      }),
      ListInstanceProfilesForRole: () => ({ InstanceProfiles: [{ InstanceProfileName: 'workers' }] }),
    }, [], arnOf(name));
    expect(await adapter.list(scope)).toEqual([expect.objectContaining({
      taggedStack: 'arn:aws:cloudformation:us-east-1:1:stack/a/b', lastUsedRegion: 'us-east-1',
      instanceProfiles: ['workers'], writesApiLogs: true,
    })]);
  });

  test.each([
    ['two services', { Service: ['lambda.amazonaws.com', 'events.amazonaws.com'] },
      ['lambda.amazonaws.com', 'events.amazonaws.com']],
    ['an account', { AWS: 'arn:aws:iam::123456789012:root' }, ['others']],
    ['anybody', '*', ['others']],
    ['something unreadable', 5, ['others']],
  ])('trust %s', async (_what, principal, trusts) => {
    const { adapter } = rolesOf(listing(['ai-multi-comms-a-dev'], { AssumeRolePolicyDocument: trust(principal) }));
    expect(await adapter.list(scope)).toEqual([expect.objectContaining({ trusts })]);
  });

  test('that go while they are looked at are left out', async () => {
    const { adapter } = rolesOf({ ...listing(['ai-multi-comms-a-dev'], {}), GetRole: fails('NoSuchEntityException') });
    expect(await adapter.list(scope)).toEqual([]);
  });

  test('lose their policies before they go, and with them what the console had made for them alone', async () => {
    const own =
      'arn:aws:iam::123456789012:policy/service-role/AWSLambdaBasicExecutionRole-00000000-0000-4000-8000-000000000000';
    const { adapter, iam } = rolesOf({
      ListAttachedRolePolicies: () =>
        ({ AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, { PolicyArn: own }] }),
      DetachRolePolicy: () => ({}),
      GetPolicy: () => ({ Policy: { AttachmentCount: 0 } }),
      ListPolicyVersions: () => ({ Versions: [{ VersionId: 'v1', IsDefaultVersion: true }] }),
      DeletePolicy: () => ({}),
      ListRolePolicies: () => ({ PolicyNames: ['inline'] }),
      DeleteRolePolicy: () => ({}),
      DeleteRole: () => ({}),
    });
    await adapter.remove(sample('role'), options);
    expect(iam.operations()).toEqual([
      'ListAttachedRolePolicies', 'DetachRolePolicy', 'DetachRolePolicy', 'GetPolicy', 'ListPolicyVersions',
      'DeletePolicy', 'ListRolePolicies', 'DeleteRolePolicy', 'DeleteRole',
    ]);
  });

  test('that are gone already are not faults', async () => {
    const gone = fails('NoSuchEntityException');
    const { adapter } = rolesOf({ ListAttachedRolePolicies: gone, ListRolePolicies: gone, DeleteRole: gone });
    await expect(adapter.remove(sample('role'), options)).resolves.toBeUndefined();
  });
});

describe('policies', () => {
  test('are the account\'s own with the stage\'s name, with all who have them', async () => {
    const { client, calls } = stubbed(new IAMClient(REGION), {
      ListPolicies: () =>
        ({
          Policies: [{ PolicyName: 'ai-multi-comms-a-dev', Arn: 'arn:a', PolicyId: 'p', DefaultVersionId: 'v2' },
            { PolicyName: 'payroll', Arn: 'arn:b' }],
        }),
      ListEntitiesForPolicy: ({ Marker: marker }) => marker === undefined
        ? {
          PolicyRoles: [{ RoleName: 'r' }], PolicyUsers: [{ UserName: 'u' }], PolicyGroups: [{ GroupName: 'g' }],
          IsTruncated: true, Marker: 'more',
        }
        : { PolicyRoles: [{ RoleName: 'r2' }] },
    });
    expect(await policies(client).list(scope)).toEqual([
      {
        kind: 'policy', name: 'ai-multi-comms-a-dev', id: 'arn:a', revision: 'p v2',
        attachedTo: ['r', 'user u', 'group g', 'r2'],
      },
    ]);
    expect(calls[0]?.input).toMatchObject({ Scope: 'Local' });
  });

  test('lose their older versions before they go', async () => {
    const { client, calls } = stubbed(new IAMClient(REGION), {
      ListPolicyVersions: () =>
        ({ Versions: [{ VersionId: 'v2', IsDefaultVersion: true }, { VersionId: 'v1', IsDefaultVersion: false }] }),
      DeletePolicyVersion: () => ({}),
      DeletePolicy: () => ({}),
    });
    await policies(client).remove(sample('policy'), options);
    expect(calls.map(({ operation, input }) => `${operation} ${String(input.VersionId ?? '')}`.trim())).toEqual(
      ['ListPolicyVersions', 'DeletePolicyVersion v1', 'DeletePolicy']);
  });
});
