import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importEsModule } from '../es-module';
import type { CallAnswer } from './call';

/** A message that is on its way to a consumer. */
export interface MessageInFlight {
  readonly message: {
    readonly messageId: string;
    readonly body: string;
    /** Milliseconds since 1970. */
    readonly sentTimestamp: number;
    approximateReceiveCount: number;
    readonly approximateFirstReceiveTimestamp?: number | undefined;
  };
}

/**
 * The parts of fauxqs 1.9.2 that the embedded cloud calls; it is used without its HTTP server, which would listen on
 * every network of the machine.
 */
export interface FauxqsQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What can be received, in the order in which it will be. */
  readonly messages: Array<MessageInFlight['message']>;
  readonly inflightMessages: ReadonlyMap<string, MessageInFlight>;
  getAttribute(name: string): string | undefined;
  /** Makes messages visible whose time has come. */
  processTimers(): void;
  changeVisibility(receiptHandle: string, seconds: number): void;
  dequeue(count: number): ReadonlyArray<{ readonly ReceiptHandle: string }>;
  enqueue(message: MessageInFlight['message']): void;
  deleteMessage(receiptHandle: string): boolean;
}

export interface FauxqsQueueStore {
  createQueue(name: string, url: string, arn: string, attributes: Readonly<Record<string, string>>): FauxqsQueue;
  getQueue(url: string): FauxqsQueue | undefined;
  getQueueByArn(arn: string): FauxqsQueue | undefined;
  getQueueByName(name: string): FauxqsQueue | undefined;
  listQueues(): readonly FauxqsQueue[];
  /** Ends every long poll. */
  shutdown(): void;
}

export interface FauxqsTopicStore {
  readonly topics: Map<string, unknown>;
  readonly subscriptions: Map<string, unknown>;
}

interface FauxqsReply {
  status(code: number): void;
  header(name: string, value: string): void;
}

export interface FauxqsRouter {
  register(operation: string, action: unknown): void;
  handle(
    request: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown },
    reply: FauxqsReply,
  ): Promise<unknown>;
}

/** The two services, sharing their queues: what is published to a topic reaches its subscribed queues. */
export interface Fauxqs {
  readonly queues: FauxqsQueueStore;
  readonly topics: FauxqsTopicStore;
  readonly sqs: FauxqsRouter;
  readonly sns: FauxqsRouter;
}

type Module = Readonly<Record<string, unknown>>;
type Constructor<Instance> = new (...parts: readonly unknown[]) => Instance;

export async function loadFauxqs(): Promise<Fauxqs> {
  const folder = fauxqsFolder();
  const queues = create<FauxqsQueueStore>(await load(folder, 'sqs/sqsStore.js'), 'SqsStore');
  const topics = create<FauxqsTopicStore>(await load(folder, 'sns/snsStore.js'), 'SnsStore');
  const sqs = create<FauxqsRouter>(await load(folder, 'sqs/sqsRouter.js'), 'SqsRouter', queues);
  const sns = create<FauxqsRouter>(await load(folder, 'sns/snsRouter.js'), 'SnsRouter', topics, queues);
  await Promise.all([
    registerActions(sqs, join(folder, 'sqs/actions')),
    registerActions(sns, join(folder, 'sns/actions')),
  ]);
  return { queues, topics, sqs, sns };
}

/** Each exported function of the actions' folder is an operation: `sendMessage` is SendMessage. */
async function registerActions(router: FauxqsRouter, folder: string): Promise<void> {
  const modules = await Promise.all(
    readdirSync(folder)
      .filter((file) => file.endsWith('.js'))
      .map(async (file) => load(folder, file)),
  );
  for (const [name, action] of modules.flatMap((module) => Object.entries(module))) {
    router.register(name.charAt(0).toUpperCase() + name.slice(1), action);
  }
}

function fauxqsFolder(): string {
  const folders = createRequire(__filename).resolve.paths('fauxqs') ?? [];
  const found = folders.map((folder) => join(folder, 'fauxqs/dist')).find((folder) => existsSync(folder));
  if (!found) {
    throw new Error(`The package fauxqs is not installed (looked above ${dirname(__filename)}): run \`npm ci\`.`);
  }
  return found;
}

async function load(folder: string, file: string): Promise<Module> {
  return importEsModule(pathToFileURL(join(folder, file)).href);
}

function create<Instance>(module: Module, name: string, ...parts: readonly unknown[]): Instance {
  const constructor = module[name];
  if (!isConstructor<Instance>(constructor)) {
    throw new Error(`fauxqs has no ${name}: it is not the version 1.9.2 that the embedded cloud was written for.`);
  }
  return new constructor(...parts);
}

function isConstructor<Instance>(value: unknown): value is Constructor<Instance> {
  return typeof value === 'function';
}

/** Hands a request to one of fauxqs's routers, as its HTTP server would. */
export async function callFauxqs(
  router: FauxqsRouter,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<CallAnswer> {
  let status = 200;
  const answered: Record<string, string> = {};
  const result = await router.handle(
    { headers, body },
    {
      status: (code) => {
        status = code;
      },
      header: (name, value) => {
        answered[name] = value;
      },
    },
  );
  return { status, headers: answered, body: typeof result === 'string' ? result : JSON.stringify(result) };
}
