import type { Context, SQSEvent } from 'aws-lambda';
import { setLambdaEnvironment } from './lambda-environment';

const record = (messageId: string, body: string) => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'test',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-2:000000000000:queue',
  awsRegion: 'eu-west-2',
});

const remaining = (milliseconds: number): Context =>
  JSON.parse(JSON.stringify({ functionName: 'test' }), (key, value: unknown) =>
    key === '' && typeof value === 'object' ? { ...value, getRemainingTimeInMillis: () => milliseconds } : value,
  );

describe.each(['whatsapp', 'sms', 'email'] as const)('the handler of %s', (channel) => {
  let handler: (
    event: SQSEvent,
    context: Context,
  ) => Promise<{ batchItemFailures: ReadonlyArray<{ itemIdentifier: string }> }>;
  beforeAll(() => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    setLambdaEnvironment();
    ({ handler } = jest.requireActual(`../../src/handlers/${channel}-channel-processor.lambda`));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  const good = 'company#project#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01#447700900100';

  test('a body that is not an identifier is done with, and one whose record is out of reach stays in the queue', async () => {
    const answer = await handler(
      { Records: [record('bad', 'no identifier'), record('good', good)] },
      remaining(60_000),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'good' }] });
  });

  test('with too little time left nothing is begun, and everything stays in the queue', async () => {
    const answer = await handler({ Records: [record('one', good), record('two', good)] }, remaining(5_000));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'one' }, { itemIdentifier: 'two' }]);
  });
});

test('a message that cannot be held until its next try is logged and counted', async () => {
  const lines: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...words: readonly unknown[]) => {
      lines.push(JSON.parse(String(words[0])));
    });
  }
  setLambdaEnvironment();
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'ERROR',
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
  });
  jest.resetModules();
  const { handler } = jest.requireActual('../../src/handlers/sms-channel-processor.lambda');
  await handler(
    { Records: [record('one', 'company#project#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01#447700900100')] },
    remaining(5_000),
  );
  delete process.env.POWERTOOLS_DEV;
  jest.restoreAllMocks();
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'a queue message could not be held until its next try',
      item_id: 'one',
      channel: 'sms',
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ channel: 'sms', HoldFailed: 1 }));
});
