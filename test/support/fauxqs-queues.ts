import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Message } from '@aws-sdk/client-sqs';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

export interface FauxqsQueues {
  readonly client: SQSClient;
  create(name: string): Promise<string>;
  /** What is visible now. */
  receive(queueUrl: string): Promise<readonly Message[]>;
  stop(): Promise<void>;
}

/** An SQS in memory. fauxqs is an ES module, which jest cannot load, so it runs in a worker of this process. */
export async function startFauxqsQueues(): Promise<FauxqsQueues> {
  const worker = new Worker(
    `import('fauxqs')
       .then(({ startFauxqs }) => startFauxqs({ port: 0, host: '127.0.0.1', logger: false }))
       .then((server) => require('node:worker_threads').parentPort.postMessage(server.port))`,
    { eval: true, stdout: true },
  );
  const [port] = (await once(worker, 'message')) as [number];
  const client = new SQSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    client,
    create: async (name) => {
      const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
      return url;
    },
    receive: async (queueUrl) => {
      const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 });
      return (await client.send(command)).Messages ?? [];
    },
    stop: async () => {
      client.destroy();
      await worker.terminate();
    },
  };
}
