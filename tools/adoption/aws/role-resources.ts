import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { GetAccountCommand } from '@aws-sdk/client-api-gateway';
import type { AttachedPolicy, IAMClient, Policy, Role } from '@aws-sdk/client-iam';
import {
  DeletePolicyCommand, DeletePolicyVersionCommand, DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  paginateListAttachedRolePolicies, paginateListEntitiesForPolicy, paginateListInstanceProfilesForRole,
  paginateListPolicies,
  paginateListPolicyVersions, paginateListRolePolicies, paginateListRoles,
} from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { FoundPolicy, FoundRole } from '../found-resource';
import { allFunctions } from './function-resources';
import type { ResourceAdapter } from './resource-adapter';
import { allOf, present, unlessGone } from './resource-adapter';

/** The roles that bear the stage's name and those that its functions run with, whatever they are called. */
export function roles(client: IAMClient, lambda: LambdaClient, gateway: APIGatewayClient): ResourceAdapter<'role'> {
  return {
    list: async (scope) => {
      const running = await allFunctions(lambda);
      const usersOf = (arn: string) =>
        running.flatMap(({ Role: role, FunctionName: name = '' }) => (role === arn ? [name] : []));
      const all = await allOf(paginateListRoles({ client }, {}), (page) => page.Roles);
      const concerned = all.filter(({ RoleName: name = '', Arn: arn = '' }) =>
        scope.looksLikeOurs(name) || scope.isOld(name) || scope.isConsoleRole(name)
          || usersOf(arn).some((user) => scope.functions.includes(user)));
      const { cloudwatchRoleArn: logRole } = await gateway.send(new GetAccountCommand({}));
      const described = concerned.map(
        async ({ RoleName: name = '', Arn: arn = '' }) => describeRole(client, name, usersOf(arn), arn === logRole));
      return present(await Promise.all(described));
    },
    remove: async ({ name }) => {
      const policiesOfRole = paginateListAttachedRolePolicies({ client }, { RoleName: name });
      const attached = await unlessGone(allOf(policiesOfRole, (page) => page.AttachedPolicies)) ?? [];
      for (const { PolicyArn } of attached) {
        await unlessGone(
          client.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn })));
      }
      for (const { PolicyArn = '' } of attached.filter(isMadeByConsole)) await deleteUnattached(client, PolicyArn);
      const inline = await unlessGone(
        allOf(paginateListRolePolicies({ client }, { RoleName: name }), (page) => page.PolicyNames)) ?? [];
      for (const PolicyName of inline) {
        await unlessGone(
          client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName })));
      }
      await unlessGone(client.send(new DeleteRoleCommand({ RoleName: name })));
    },
  };
}

async function describeRole(
  client: IAMClient, name: string, usedBy: readonly string[], writesApiLogs: boolean): Promise<FoundRole | undefined> {
  // Lists of roles have neither tags nor the last use.
  const answer = await unlessGone(client.send(new GetRoleCommand({ RoleName: name })));
  const role = answer?.Role;
  if (!role) return undefined;
  const pages = paginateListInstanceProfilesForRole({ client }, { RoleName: name });
  const profiles = await unlessGone(allOf(pages, (page) => page.InstanceProfiles)) ?? [];
  return {
    kind: 'role', name, id: name,
    revision: role.RoleId ?? '',
    usedBy,
    instanceProfiles: profiles.map(({ InstanceProfileName = '' }) => InstanceProfileName),
    trusts: trustedBy(role),
    taggedStack: role.Tags?.find(({ Key }) => Key === 'aws:cloudformation:stack-id')?.Value,
    lastUsedRegion: role.RoleLastUsed?.Region,
    writesApiLogs,
  };
}

/** Lambda's console makes a policy for the logs of each role that it makes, and leaves it behind. */
function isMadeByConsole({ PolicyArn: arn = '' }: AttachedPolicy): boolean {
  return /:\d{12}:policy\/service-role\/AWSLambdaBasicExecutionRole-[0-9a-f-]{36}$/.test(arn);
}

async function deleteUnattached(client: IAMClient, arn: string): Promise<void> {
  const answer = await unlessGone(client.send(new GetPolicyCommand({ PolicyArn: arn })));
  if (answer?.Policy?.AttachmentCount === 0) await deletePolicy(client, arn);
}

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform(
  (value) => (typeof value === 'string' ? [value] : value));
const statement = z.object(
  { Effect: z.string(), Principal: z.union([z.string(), z.record(z.string(), oneOrMany)]).optional() });
const trustPolicy = z.object({ Statement: z.union([z.array(statement), statement.transform((one) => [one])]) });

function trustedBy({ AssumeRolePolicyDocument: document = '%7B%7D' }: Role): readonly string[] {
  try {
    const { Statement: statements } = trustPolicy.parse(JSON.parse(decodeURIComponent(document)));
    return statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal: principal }) => {
      if (principal === undefined || typeof principal === 'string') return ['others'];
      return Object.entries(principal).flatMap(([kind, values]) => (kind === 'Service' ? values : ['others']));
    });
  } catch {
    // What cannot be read might trust anybody.
    return ['others'];
  }
}

/** Policies of the account itself that bear the stage's name. */
export function policies(client: IAMClient): ResourceAdapter<'policy'> {
  return {
    list: async (scope) => {
      const all = await allOf(paginateListPolicies({ client }, { Scope: 'Local' }), (page) => page.Policies);
      const named = all.filter(({ PolicyName: name = '' }) => scope.looksLikeOurs(name));
      return present(await Promise.all(named.map(async (policy) => describePolicy(client, policy))));
    },
    remove: async ({ id }) => deletePolicy(client, id),
  };
}

async function deletePolicy(client: IAMClient, arn: string): Promise<void> {
  const versions = await unlessGone(
    allOf(paginateListPolicyVersions({ client }, { PolicyArn: arn }), (page) => page.Versions)) ?? [];
  for (const { VersionId, IsDefaultVersion } of versions) {
    if (!IsDefaultVersion) await unlessGone(client.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId })));
  }
  await unlessGone(client.send(new DeletePolicyCommand({ PolicyArn: arn })));
}

async function describePolicy(
  client: IAMClient,
  { PolicyName: name = '', Arn: id = '', PolicyId, DefaultVersionId }: Policy): Promise<FoundPolicy | undefined> {
  const attachedTo = await unlessGone(allOf(paginateListEntitiesForPolicy({ client }, { PolicyArn: id }), (page) => [
    ...(page.PolicyRoles ?? []).map(({ RoleName = '' }) => RoleName),
    ...(page.PolicyUsers ?? []).map(({ UserName = '' }) => `user ${UserName}`),
    ...(page.PolicyGroups ?? []).map(({ GroupName = '' }) => `group ${GroupName}`),
  ]));
  return attachedTo
    && { kind: 'policy', name, id, revision: `${PolicyId ?? ''} ${DefaultVersionId ?? ''}`, attachedTo };
}
