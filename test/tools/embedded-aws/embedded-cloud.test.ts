import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { startEmbeddedCloud } from '../../../tools/embedded-aws/embedded-cloud';
import type { EmbeddedCloudOptions } from '../../../tools/embedded-aws/embedded-cloud';
import { temporaryFolder } from './functions/handmade-stack';
import { STACK_NAME, synthesiseSample } from './sample-stack';
import type { SampleStackOptions } from './sample-stack';

describe('the embedded cloud', () => {
  const folder = temporaryFolder();
  const stops: Array<() => void | Promise<void>> = [];
  afterEach(async () => { for (const stop of stops.splice(0).reverse()) await stop(); });
  afterAll(() => { folder.remove(); });

  const assemblies = new Map<string, string>();
  const samples: readonly SampleStackOptions[] = [{}, { mayWriteTable: false }, { mayReadQueue: false }];

  beforeAll(() => {
    for (const [index, sample] of samples.entries()) {
      assemblies.set(JSON.stringify(sample), synthesiseSample(join(folder.path, `assembly-${index}`), sample));
    }
  });

  /** Each cloud has a folder of its own for its state. */
  function optionsOf(name: string, sample: SampleStackOptions = {}): EmbeddedCloudOptions {
    return {
      assemblyFolder: assemblies.get(JSON.stringify(sample)) ?? '',
      stackName: STACK_NAME,
      stateFolder: join(folder.path, name),
    };
  }

  async function start(options: EmbeddedCloudOptions) {
    const cloud = await startEmbeddedCloud(options);
    stops.push(async () => cloud.stop());
    const settings = {
      endpoint: cloud.awsEndpoint,
      region: cloud.template.region,
      credentials: cloud.services.administratorCredentials,
    };
    const [dynamodb, sqs] = [new DynamoDBClient(settings), new SQSClient(settings)];
    stops.push(() => { dynamodb.destroy(); }, () => { sqs.destroy(); });
    const send = async (body: string, key = cloud.apiKeys()[0]?.value ?? '') =>
      fetch(`${cloud.apiUrl}/send`, { method: 'POST', body, headers: { 'x-api-key': key } });
    const items = async () => {
      const { Items: found = [] } = await dynamodb.send(
        new ScanCommand({ TableName: cloud.template.ofType('AWS::DynamoDB::Table')[0]?.reference }),
      );
      return found.map(({ id }) => id?.S).sort();
    };
    const queued = async () => {
      const { Attributes: counts } = await sqs.send(new GetQueueAttributesCommand({
        QueueUrl: cloud.template.ofType('AWS::SQS::Queue')[0]?.reference, AttributeNames: ['All'],
      }));
      return Number(counts?.ApproximateNumberOfMessages) + Number(counts?.ApproximateNumberOfMessagesNotVisible);
    };
    return { cloud, send, items, queued };
  }

  test('takes a request through the API, a function, a queue, another function and a table', async () => {
    const progress: string[] = [];
    const { cloud, send, items, queued } = await start({
      ...optionsOf('whole'),
      onProgress: (line) => progress.push(line),
      vendorEnvironment: ({ apiUrl }) => ({ VENDOR_URL: `${apiUrl}/vendor` }),
    });
    const accepted = await send('hello');
    expect(accepted.status).toBe(202);
    expect(await accepted.json()).toMatchObject({ vendor: `${cloud.apiUrl}/vendor` });
    await send('poison');
    await until(
      async () =>
        (await items()).length === 1 &&
        cloud.logs('sample-worker-dev').filter(({ text }) => text.includes('worked')).length === 2,
    );
    expect(await items()).toEqual(['hello']);
    // What failed stays on the queue until it is visible again.
    expect(await queued()).toBe(1);

    expect(cloud.reports('sample-router-dev')).toHaveLength(2);
    expect(cloud.accessLog().map(({ text }) => text.replace(/^[0-9a-f-]{36} /, ''))).toEqual([
      'POST /send 202',
      'POST /send 202',
    ]);
    expect(
      cloud.services.calls.total('calls', {
        caller: cloud.functions.definitionOf('sample-worker-dev').logicalId,
        operation: 'PutItem',
      }),
    ).toBe(1);
    expect(cloud.faults()).toEqual([]);
    expect(progress.at(-1)).toMatch(/^The stack sample-dev is ready after \d+ ms: http:\/\/127\.0\.0\.1:\d+\/dev$/);
  });

  test('keeps to keys, of which more can be made while it runs', async () => {
    const { cloud, send } = await start({
      ...optionsOf('keys'),
      prewarm: true,
      vendorEnvironment: { VENDOR_URL: 'http://vendor' },
    });
    expect((await send('x', 'unknown-key-of-20-characters')).status).toBe(403);
    const key = cloud.createApiKey({ name: 'late-client' });
    const answer = await send('x', key.value);
    expect(await answer.json()).toMatchObject({ vendor: 'http://vendor' });
    expect(cloud.apiKeys().map(({ name }) => name)).toEqual(['first-client', 'late-client']);
    const preflight = await fetch(`${cloud.apiUrl}/send`, {
      method: 'OPTIONS',
      headers: { origin: 'https://b.example.com' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://b.example.com',
    ]);
  });

  test('refuses a function what its role does not allow, as AWS would', async () => {
    const { cloud, send, items } = await start(optionsOf('refused', { mayWriteTable: false }));
    await send('hello');
    await until(async () => cloud.reports('sample-worker-dev').length > 0);
    expect(
      cloud
        .logs('sample-worker-dev')
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('is not authorized to perform: dynamodb:PutItem');
    expect(await items()).toEqual([]);
  });

  test('runs functions and schedules when a test says so', async () => {
    const { cloud } = await start(optionsOf('schedules'));
    expect(await cloud.invoke('sample-reconciler-dev', { asked: true })).toMatchObject({
      kind: 'answered',
      payload: '{"asked":true}',
    });
    const payloads = await Promise.all(cloud.schedules.names.map(async (name) => {
      const result = await cloud.runSchedule(name);
      return result.kind === 'answered' ? JSON.parse(result.payload).source : result;
    }));
    expect(payloads).toEqual(['aws.events', 'aws.scheduler']);
  });

  test('lets an administrator in by the environment', async () => {
    const { cloud } = await start(optionsOf('administrator'));
    expect(cloud.administratorEnvironment).toEqual({
      AWS_ENDPOINT_URL: cloud.awsEndpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
    });
  });

  test('leaves no process, no socket and no file elsewhere when it stops', async () => {
    const options = optionsOf('stopped');
    const before = readdirSync(folder.path);
    const { cloud, send } = await start(options);
    const { processId } = z.object({ processId: z.number() }).parse(await (await send('hello')).json());
    await Promise.all([cloud.stop(), cloud.stop()]);
    expect(isRunning(processId)).toBe(false);
    await expect(fetch(cloud.apiUrl)).rejects.toThrow();
    await expect(fetch(cloud.awsEndpoint)).rejects.toThrow();
    expect(readdirSync(folder.path).filter((name) => !before.includes(name))).toEqual(['stopped']);
    expect(existsSync(join(options.stateFolder, 'logs', 'sample-router-dev.log'))).toBe(true);
  });

  test('does not start a queue\'s function without its rights, and leaves nothing running', async () => {
    const options = optionsOf('unread', { mayReadQueue: false });
    const addresses: Array<{ readonly apiUrl: string; readonly awsEndpoint: string }> = [];
    const starting = startEmbeddedCloud({
      ...options,
      vendorEnvironment: (known) => {
        addresses.push(known);
        return {};
      },
    });
    await expect(starting).rejects.toThrow(
      'Starting the event source Source failed: the role of sample-worker-dev lacks sqs:ReceiveMessage',
    );
    const [known] = addresses;
    await expect(fetch(known?.apiUrl ?? '')).rejects.toThrow('fetch failed');
    await expect(fetch(known?.awsEndpoint ?? '')).rejects.toThrow('fetch failed');
  });

  test('says which port is taken', async () => {
    const { cloud } = await start(optionsOf('first'));
    const [port, awsPort] = [cloud.apiUrl, cloud.awsEndpoint].map((url) => Number(new URL(url).port));
    await expect(startEmbeddedCloud({ ...optionsOf('second'), ...(port !== undefined && { port }) })).rejects.toThrow(
      `:${port} failed`,
    );
    await expect(
      startEmbeddedCloud({ ...optionsOf('third'), ...(awsPort !== undefined && { awsPort }) }),
    ).rejects.toThrow(String(awsPort));
  });
});

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!await isDone()) await sleep(10);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
