import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { findUnownedResources } from '../adoption/unowned';
import { awsFailure } from '../../src/cli/command-error';
import type { DeploymentAccount } from './deployment-host';

/** The account of the shell's credentials. */
export function awsAccount(region: string): DeploymentAccount {
  const [stacks, identity] = [new CloudFormationClient({ region }), new STSClient({ region })];
  const find = async (name: string) =>
    describe(stacks, name).catch((error: unknown) => { throw awsFailure(`Looking at the stack ${name}`, error); });
  return {
    accountNumber: async () => {
      const caller = await identity.send(new GetCallerIdentityCommand({})).catch(
        (error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
      return caller.Account ?? '';
    },
    stack: async (name) => {
      const found = await find(name);
      if (!found) return undefined;
      return { status: found.StackStatus ?? 'UNKNOWN', isProtected: found.EnableTerminationProtection ?? false };
    },
    outputs: async (name) =>
      Object.fromEntries(
        ((await find(name))?.Outputs ?? []).map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value])),
    unowned: findUnownedResources,
    close: () => { for (const client of [stacks, identity]) client.destroy(); },
  };
}

async function describe(stacks: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    return (await stacks.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
