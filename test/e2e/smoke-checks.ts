import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { awsFailure } from '../../src/cli/command-error';
import { CHANNELS } from '../../src/core/channel';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { call, expectAnswer } from './api-calls';
import type { Check } from './run-checks';
import { expectThat } from './run-checks';
import type { StageUnderTest } from './stage-under-test';

const POST = { method: 'post', path: '/initiate-conversation' } as const;
const GET = { method: 'get', path: '/conversations/{conversation_id}' } as const;

/** A call as API Gateway hands it over, without a key: the function refuses it before it looks at anything. */
const KEYLESS_CALL = {
  httpMethod: 'POST',
  headers: {},
  body: '{}',
  isBase64Encoded: false,
  pathParameters: {},
  queryStringParameters: null,
};

/** What shows that a deployed stage lives, without a key, without a word to anybody and without an item written. */
export function smokeChecks(stage: StageUnderTest): readonly Check[] {
  const { url, names } = stage;
  return [
    {
      title: 'the API refuses a request without a key',
      run: async () => {
        expectAnswer(await call(url, 'post', POST.path, { body: '{}' }), { ...POST, status: 403, code: 'FORBIDDEN' });
      },
    },
    {
      title: 'the API refuses a question without a key',
      run: async () => {
        expectAnswer(await call(url, 'get', '/conversations/none'), { ...GET, status: 403, code: 'FORBIDDEN' });
      },
    },
    {
      title: 'the API answers web pages before they call',
      run: async () => {
        expectAnswer(
          await call(url, 'options', POST.path, {
            headers: { 'origin': 'https://example.com', 'access-control-request-method': 'POST' },
          }),
          { method: 'options', path: POST.path, status: 204 },
        );
      },
    },
    ...WEBHOOK_PATHS.map((path): Check => ({
      title: `${path} refuses a forged call`,
      run: async () => {
        expectAnswer(await call(url, 'post', path, { headers: { 'content-type': 'application/json' }, body: '[]' }), {
          method: 'post',
          path,
          status: 403,
          code: 'FORBIDDEN',
        });
      },
    })),
    ...[
      names.router, names.reader, names.canceller, names.dryRun, names.clientReplies, names.eventApi,
    ].map((name): Check => ({
      title: `${name} starts`,
      run: async () => expectPayload(stage, name, KEYLESS_CALL, '"statusCode":403'),
    })),
    ...CHANNELS.map((channel): Check => ({
      title: `${names.processor(channel)} starts`,
      run: async () => expectPayload(stage, names.processor(channel), { Records: [] }, '"batchItemFailures":[]'),
    })),
    ...[names.companyTable, names.conversationTable].map((name): Check => ({
      title: `the table ${name} is there`,
      run: async () => expectTable(stage, name),
    })),
  ];
}

async function expectPayload(
  { functions }: StageUnderTest,
  FunctionName: string,
  event: object,
  expected: string,
): Promise<void> {
  const answer = await functions
    .send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }))
    .catch((error: unknown) => {
      throw awsFailure(`Invoking ${FunctionName}`, error);
    });
  const payload = Buffer.from(answer.Payload ?? []).toString('utf8');
  expectThat(
    answer.FunctionError === undefined,
    `${FunctionName} failed: look into its log. It said ${/"errorType":\s*"[^"]*"/.exec(payload)?.[0] ?? 'nothing'}.`,
  );
  expectThat(
    payload.replaceAll(': ', ':').includes(expected),
    `${FunctionName} answered otherwise than with ${expected}.`,
  );
}

async function expectTable({ tables }: StageUnderTest, TableName: string): Promise<void> {
  const { Table: table } = await tables.send(new DescribeTableCommand({ TableName })).catch((error: unknown) => {
    throw awsFailure(`Looking at the table ${TableName}`, error);
  });
  expectThat(table?.TableStatus === 'ACTIVE', `The table ${TableName} is ${table?.TableStatus ?? 'not there'}.`);
}
