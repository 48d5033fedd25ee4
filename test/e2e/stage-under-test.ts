import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import { stageClients } from '../../src/cli/stage-clients';
import type { ResourceNames } from '../../src/core/names';
import { API_URL_OUTPUT, resourceNames } from '../../src/core/names';

/** Where the vendors' simulators listen that the stage's functions call. */
export interface Simulators {
  readonly twilio: string;
  readonly sendgrid: string;
}

export interface StageUnderTest {
  readonly url: string;
  readonly names: ResourceNames;
  readonly tables: DynamoDBDocumentClient;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly gateway: Pick<APIGatewayClient, 'send'>;
  readonly functions: Pick<LambdaClient, 'send'>;
  /** Absent: the vendors are real. */
  readonly simulators?: Simulators;
  close(): void;
}

export interface StageChoice {
  /** A deployed stage by name, or `local` for what `npx projen local` runs. */
  readonly stage?: string;
  /** The API's base URL, in place of the stack's output. */
  readonly url?: string;
  readonly simulators?: Simulators;
  readonly projectFolder: string;
}

/** Finds the stage and makes sure that something answers there. Throws a sentence where it cannot. */
export async function openStage(choice: StageChoice): Promise<StageUnderTest> {
  const opened = choice.stage === 'local' ? await openLocal(choice.projectFolder) : await openDeployed(choice);
  await expectAnswer(opened.url);
  return opened;
}

async function openLocal(projectFolder: string): Promise<StageUnderTest> {
  const clients = stageClients('local', projectFolder);
  const { region, credentials, endpoint } = clients.gateway.config;
  const functions = new LambdaClient({ region, credentials, ...(endpoint && { endpoint }) });
  const close = () => {
    clients.close();
    functions.destroy();
  };
  const tables = DynamoDBDocumentClient.from(clients.tables.client);
  return { ...clients, tables, functions, close, url: await clients.apiUrl(), simulators: clients.vendors };
}

async function openDeployed({ stage, url: given, simulators }: StageChoice): Promise<StageUnderTest> {
  const name = stage ?? stageOf(given ?? '');
  const names = resourceNames(name);
  const stacks = new CloudFormationClient();
  const database = new DynamoDBClient();
  const opened = {
    secrets: new SecretsManagerClient(),
    gateway: new APIGatewayClient(),
    functions: new LambdaClient(),
  };
  try {
    return {
      names,
      ...opened,
      url: (given ?? await urlOfStack(stacks, names.stack)).replace(/\/$/, ''),
      tables: DynamoDBDocumentClient.from(database),
      ...(simulators && { simulators }),
      close: () => { for (const client of [database, ...Object.values(opened)]) client.destroy(); },
    };
  } finally {
    stacks.destroy();
  }
}

async function urlOfStack(stacks: CloudFormationClient, stackName: string): Promise<string> {
  const described = await stacks.send(new DescribeStacksCommand({ StackName: stackName })).catch((error: unknown) => {
    if (error instanceof Error && /does not exist/.test(error.message)) {
      throw new CommandError(
        `Finding the stage failed: there is no stack ${stackName} in this account and region; check --stage and `
          + 'AWS_REGION, or deploy it.',
      );
    }
    throw awsFailure(`Reading the outputs of the stack ${stackName}`, error);
  });
  const url = described.Stacks?.[0]?.Outputs?.find(({ OutputKey: key }) => key === API_URL_OUTPUT)?.OutputValue;
  if (!url) {
    throw new CommandError(
      `Finding the stage's address failed: the stack ${stackName} has no output ${API_URL_OUTPUT}; deploy it again.`,
    );
  }
  return url;
}

/** The stage's name is the last part of its address, behind which emulators add a word of their own. */
export function stageOf(url: string): string {
  const [, name] = URL.canParse(url)
    ? (/\/([a-z][a-z0-9-]*)(?:\/_user_request_)?\/?$/.exec(new URL(url).pathname) ?? [])
    : [];
  if (name === undefined) {
    throw new CommandError(
      `Reading --url failed: "${url}" is not a stage's address, which ends with the stage's name; give the stack's `
        + `output ${API_URL_OUTPUT}.`,
    );
  }
  return name;
}

async function expectAnswer(url: string): Promise<void> {
  try {
    await fetch(`${url}/initiate-conversation`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const { cause, message } = error instanceof Error ? error : { cause: undefined, message: String(error) };
    const why = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : message;
    throw new CommandError(
      `Reaching the stage failed: nothing answers at ${url} (${why}); check the address, and that the stage runs.`,
    );
  }
}
