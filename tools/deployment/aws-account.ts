import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { findUnownedResources } from '../adoption/unowned';
import { awsFailure } from '../../src/cli/command-error';
import type { DeploymentAccount } from './deployment-host';

/** The account of the shell's credentials. */
export function awsAccount(region: string): DeploymentAccount {
  const clients = {
    stacks: new CloudFormationClient({ region }),
    identity: new STSClient({ region }),
    functions: new LambdaClient({ region }),
    gateway: new APIGatewayClient({ region }),
  };
  const { stacks, identity } = clients;
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
    template: async (name) => {
      const status = (await find(name))?.StackStatus;
      if (status === undefined || status === 'REVIEW_IN_PROGRESS') return undefined;
      const answer = await attempt(`Reading the template of the stack ${name}`,
        stacks.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' })));
      return answer.TemplateBody;
    },
    concurrency: async () => {
      const { AccountLimit: limit } = await attempt('Reading the account\'s limit of Lambda executions',
        clients.functions.send(new GetAccountSettingsCommand({})));
      return {
        limit: limit?.ConcurrentExecutions ?? 0,
        unreserved: limit?.UnreservedConcurrentExecutions ?? limit?.ConcurrentExecutions ?? 0,
      };
    },
    logRole: async () => (await attempt('Reading the role by which API Gateway writes logs',
      clients.gateway.send(new GetAccountCommand({})))).cloudwatchRoleArn,
    unowned: findUnownedResources,
    close: () => { for (const client of Object.values(clients)) client.destroy(); },
  };
}

async function attempt<Answer>(what: string, call: Promise<Answer>): Promise<Answer> {
  return call.catch((error: unknown) => { throw awsFailure(what, error); });
}

async function describe(stacks: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    return (await stacks.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
