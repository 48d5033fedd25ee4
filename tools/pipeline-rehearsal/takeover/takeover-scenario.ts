import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { CloudWatchClient, DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { resourceNames } from '../../../src/core/names';
import { toolkitWords } from '../../deployment/bootstrap';
import type { RunProgram } from '../../run-program';
import { lastWords } from '../../run-program';
import type { ScenarioOutcome } from '../scenarios';

/** Accounts of their own: in the others a stack owns the stage already. */
export const TAKEOVER_ACCOUNTS = { dev: '444444444444', prod: '555555555555' } as const;
export type TakenOverStage = keyof typeof TAKEOVER_ACCOUNTS;

export interface TakeoverScenario {
  /** A job's checkout with packages. */
  readonly workspace: string;
  /** The emulator's copy of the assembly, below it. */
  readonly assembly: string;
  readonly stage: TakenOverStage;
  readonly region: string;
  /** As the administrator of the account. */
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunProgram;
}

const FOLDER = 'tools/pipeline-rehearsal/takeover';
const made = z.object({ apiId: z.string(), keyValue: z.string(), messages: z.number() });

/** The local indexes of the old table, as a stage's `oldIndexes` would bring them into the template. */
const LOCAL_INDEXES = [
  ['created-at-index', 'created_at', 'S'], ['updated-at-index', 'updated_at', 'S'],
  ['task-complete-index', 'task_complete', 'N'],
  ['conversation-status-index', 'conversation_status', 'S'],
] as const;

/** Makes the previous engine's environment, takes it over with messages in flight, and judges what became of them. */
export async function rehearseTakeover(options: TakeoverScenario): Promise<ScenarioOutcome> {
  const { stage } = options;
  const delivered: string[] = [];
  const server = await startSink(delivered);
  try {
    const address = server.address();
    const sink = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
    const old = await makeOld(options, sink);
    const words = stage === 'prod' ? ['--from-stack', resourceNames(stage).stack] : [];
    const assembly = stage === 'prod' ? await withLocalIndexes(options) : options.assembly;
    const adopt = async (...more: readonly string[]) => command(
      options, 'npx', ['tsx', 'tools/adoption/adopt.ts', '--stage', stage, '--app', assembly, ...words, ...more]);
    await adopt();
    await adopt('--apply', '--confirm', stage, '--poll-seconds', '2');
    const closed = await post(options, old);
    if (closed.status !== 503) throw new Error(`the closed old API answered ${closed.status} instead of 503`);
    await command(options, 'npx', ['cdk', ...toolkitWords(stage, TAKEOVER_ACCOUNTS[stage], options.region),
      '--app', assembly, '--build', '']);
    await command(options, 'npx', ['cdk', 'deploy', '--app', assembly, '--build', '', '--exclusively',
      resourceNames(stage).stack, '--require-approval', 'never']);
    await deleteDashboard(options);
    const page = await adopt('--apply', '--confirm', stage);
    const opened = await post(options, old);
    // The key is not bound to a company yet: the new engine's own refusal shows that it was reached.
    if (!opened.body.includes('"error_code":"FORBIDDEN"')) {
      throw new Error(`the old address answered ${opened.status} ${opened.body} and does not reach the new engine`);
    }
    const twice = delivered.filter((one, position) => delivered.indexOf(one) !== position);
    if (delivered.length !== old.messages || twice.length > 0) {
      throw new Error(
        `${old.messages} messages were accepted and ${delivered.length} delivered (${twice.length} twice)`);
    }
    const items = /25 (copied|items, all the same)/.exec(page)?.[0];
    if (items === undefined) throw new Error('the old records are not all there');
    return {
      seen: `${old.messages} messages in flight delivered once, ${
        items}, old address and key reach the new engine`,
    };
  } finally {
    server.close();
  }
}

async function startSink(delivered: string[]): Promise<Server> {
  const server = createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      delivered.push(Buffer.concat(parts).toString('utf8'));
      answer.end('{}');
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return server;
}

async function makeOld(options: TakeoverScenario, sink: string) {
  const { stage, region, workspace } = options;
  const file = join(await mkdtemp(join(workspace, '.local-old-')), 'template.json');
  if (stage === 'prod') {
    const translated = await command(options, 'python3', [join(FOLDER, 'translate.py'), stage, sink]);
    await writeFile(file, translated);
  }
  const output = await command(
    options, 'npx', ['tsx', join(FOLDER, 'make-old.ts'), stage, sink, TAKEOVER_ACCOUNTS[stage], region, file]);
  return made.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
}

async function withLocalIndexes({ workspace, assembly, run, environment }: TakeoverScenario): Promise<string> {
  const copy = `${assembly}-old-indexes`;
  await run('cp', ['-r', join(workspace, assembly), join(workspace, copy)], { environment });
  const file = join(workspace, copy, `${resourceNames('prod').stack}.template.json`);
  const table = z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() });
  const template = z.looseObject({ Resources: z.record(z.string(), table) }).parse(
    JSON.parse(await readFile(file, 'utf8')));
  for (const one of Object.values(template.Resources)) {
    const name = one.Properties?.TableName;
    if (one.Type !== 'AWS::DynamoDB::Table' || name !== resourceNames('prod').conversationTable) continue;
    const definitions = z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() }))
      .parse(one.Properties?.AttributeDefinitions);
    const missing = LOCAL_INDEXES.filter(([, key]) => !definitions.some(({ AttributeName }) => AttributeName === key));
    Object.assign(one.Properties ?? {}, {
      AttributeDefinitions: [
        ...definitions, ...missing.map(([, AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
      ],
      LocalSecondaryIndexes: LOCAL_INDEXES.map(([IndexName, key]) => ({
        IndexName, Projection: { ProjectionType: 'ALL' },
        KeySchema: [{ AttributeName: 'primary_channel', KeyType: 'HASH' }, { AttributeName: key, KeyType: 'RANGE' }],
      })),
    });
  }
  await writeFile(file, JSON.stringify(template));
  return copy;
}

/**
 * By the old address, with the client's key. The emulator reads the account of an API from the signature's credential.
 */
async function post({ environment, stage, region }: TakeoverScenario, { apiId, keyValue }: z.infer<typeof made>) {
  const { AWS_ENDPOINT_URL: endpoint = '', NODE_EXTRA_CA_CERTS: certificate = '' } = environment;
  const url = `${endpoint}/restapis/${apiId}/${stage}/_user_request_/initiate-conversation`;
  const credential = `${TAKEOVER_ACCOUNTS[stage]}/20261130/${region}/execute-api/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`;
  const ca = certificate === '' ? undefined : await readFile(certificate);
  return new Promise<{ readonly status: number; readonly body: string }>((answered, failed) => {
    const call = request(url, { method: 'POST', ca, headers: { 'x-api-key': keyValue, authorization } }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => { body += part.toString('utf8'); });
      answer.on('end', () => { answered({ status: answer.statusCode ?? 0, body }); });
    });
    call.on('error', failed);
    call.end(JSON.stringify({ request_data: { request_id: 'request-while-closed' } }));
  });
}

/** MiniStack lists a dashboard that CloudFormation made without its size, which the SDK cannot read. */
async function deleteDashboard({ environment, stage, region }: TakeoverScenario): Promise<void> {
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  const credentials = { accessKeyId: TAKEOVER_ACCOUNTS[stage], secretAccessKey };
  const client = new CloudWatchClient({ endpoint, region, credentials });
  try {
    await client.send(new DeleteDashboardsCommand({ DashboardNames: [resourceNames(stage).dashboard] }));
  } finally {
    client.destroy();
  }
}

async function command(
  { workspace, environment, run }: TakeoverScenario, program: string, words: readonly string[]): Promise<string> {
  const { code, output } = await run(program, words, { folder: workspace, environment });
  if (code !== 0) {
    throw new Error(
      `${words.slice(0, 3).join(' ')} … ended with exit code ${code}: ${lastWords(output)}`);
  }
  return output;
}
