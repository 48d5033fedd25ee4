import { once } from 'node:events';
import { queueNameOf, sqsNeeds } from '../permissions/sqs-access';
import type { StackResource, StackTemplate } from '../template/stack-template';
import { isJsonObject } from '../template/json-object';
import type { CallAnswer } from './call';
import { FairQueue } from './fair-queue';
import type { Fauxqs, FauxqsQueue } from './fauxqs';
import { callFauxqs } from './fauxqs';
import { MessageMoveTasks, SqsError } from './message-move-tasks';
import type { FaultWords } from './service-answers';
import { jsonAnswer, jsonFault } from './service-answers';
import type { ServiceBackend, ServiceRequest } from './service-backend';

const FAULTS: FaultWords = {
  'access-denied': { status: 403, code: 'com.amazon.coral.service#AccessDeniedException', queryCode: 'AccessDenied' },
  'unknown-key': {
    status: 403,
    code: 'com.amazon.coral.service#UnrecognizedClientException',
    queryCode: 'InvalidClientTokenId',
  },
  'wrong-region': {
    status: 403,
    code: 'com.amazon.coral.service#InvalidSignatureException',
    queryCode: 'SignatureDoesNotMatch',
  },
  'internal': { status: 500, code: 'com.amazon.coral.service#InternalFailure', queryCode: 'InternalFailure' },
  'unknown-operation': {
    status: 400,
    code: 'com.amazon.coral.service#UnknownOperationException',
    queryCode: 'InvalidAction',
  },
  'malformed': { status: 400, code: 'com.amazon.coral.service#SerializationException', queryCode: 'MalformedInput' },
};

/** Attributes that CloudFormation and SQS call the same. */
const ATTRIBUTES = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'KmsMasterKeyId',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];
const RECEIPT_HANDLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** SQS with the template's queues. Against SQS: messages never expire, and queues cannot be created by a call. */
export function sqs(template: StackTemplate, fauxqs: Fauxqs): ServiceBackend & { close(): void } {
  for (const queue of template.ofType('AWS::SQS::Queue')) {
    fauxqs.queues.createQueue(queue.name, queue.reference, queue.arn ?? '', attributesOf(queue, template));
  }
  const moves = new MessageMoveTasks(fauxqs.queues);
  const fairness = new FairQueue();
  return {
    service: 'sqs',
    protocol: 'json',
    needs: ({ operation, input }) =>
      sqsNeeds(operation, input, template, (arn) => moves.sourcesOf(arn).map((source) => source.arn)),
    perform: (request) =>
      perform({ fauxqs, moves, fairness }, request).catch((error: unknown) => {
        if (!(error instanceof SqsError)) throw error;
        return jsonAnswer('1.0', { __type: `com.amazonaws.sqs#${error.code}`, message: error.message }, 400, {
          'x-amzn-query-error': `${error.queryCode};Sender`,
        });
      }),
    fault: (fault) => jsonFault('1.0', FAULTS, fault),
    close: () => {
      moves.stop();
      fauxqs.queues.shutdown();
    },
  };
}

function attributesOf({ logicalId, properties }: StackResource, template: StackTemplate): Record<string, string> {
  const target = isJsonObject(properties.RedrivePolicy) ? properties.RedrivePolicy.deadLetterTargetArn : undefined;
  if (target !== undefined && !template.ofType('AWS::SQS::Queue').some(({ arn }) => arn === target)) {
    throw new Error(
      `The queue ${logicalId} sends its dead letters to ${String(target)}, which is not a queue of the stack: add `
        + 'that queue.',
    );
  }
  return Object.fromEntries(
    ATTRIBUTES.filter((name) => properties[name] !== undefined).map((name) => [
      name,
      isJsonObject(properties[name]) ? JSON.stringify(properties[name]) : String(properties[name]),
    ]),
  );
}

interface Parts {
  readonly fauxqs: Fauxqs;
  readonly moves: MessageMoveTasks;
  readonly fairness: FairQueue;
}

async function perform({ fauxqs, moves, fairness }: Parts, request: ServiceRequest): Promise<CallAnswer> {
  const { operation, input } = request;
  switch (operation) {
    case 'GetQueueUrl':
      return jsonAnswer('1.0', { QueueUrl: queueNamed(fauxqs, String(input.QueueName)).url });
    case 'CreateQueue':
      return jsonFault('1.0', FAULTS, {
        kind: 'unknown-operation',
        message: 'Queues come from the stack: add the queue there.',
      });
    case 'ListQueues':
      return callFauxqs(fauxqs.sqs, request.headers, input);
    case 'StartMessageMoveTask':
      return jsonAnswer('1.0', moves.start(input));
    case 'ListMessageMoveTasks':
      return jsonAnswer('1.0', moves.list(input));
    case 'CancelMessageMoveTask':
      return jsonAnswer('1.0', moves.cancel(String(input.TaskHandle)));
    case 'ListDeadLetterSourceQueues':
      return jsonAnswer('1.0', {
        queueUrls: moves.sourcesOf(queueNamed(fauxqs, queueNameOf(String(input.QueueUrl))).arn).map(({ url }) => url),
      });
    default:
      return performOnQueue(fauxqs, fairness, request);
  }
}

/** SQS looks only at the account and name in a queue's URL, not at its host. */
async function performOnQueue(
  fauxqs: Fauxqs,
  fairness: FairQueue,
  { operation, input, headers, signal }: ServiceRequest,
): Promise<CallAnswer> {
  const queue = queueNamed(fauxqs, queueNameOf(String(input.QueueUrl)));
  if (typeof input.ReceiptHandle === 'string' && !RECEIPT_HANDLE.test(input.ReceiptHandle)) {
    throw new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
  // fauxqs looks at the clock only when messages are received: without this, a lease that ran out could still be
  // prolonged.
  queue.processTimers();
  if (operation === 'ReceiveMessage') fairness.arrange(queue.messages, queue.inflightMessages.values());
  const answering = callFauxqs(fauxqs.sqs, headers, { ...input, QueueUrl: queue.url });
  if (operation === 'SendMessage' && typeof input.MessageGroupId === 'string') {
    noteGroup(fairness, await answering, input.MessageGroupId);
  }
  return operation === 'ReceiveMessage' ? whileClientStays(signal, answering, queue) : answering;
}

/** fauxqs drops the group of a message on a standard queue. */
function noteGroup(fairness: FairQueue, { body }: CallAnswer, group: string): void {
  const [, messageId] = /"MessageId":"([^"]+)"/.exec(body) ?? [];
  if (messageId !== undefined) fairness.note(messageId, group);
}

/** Ends a long poll whose client has left. fauxqs still answers it when messages arrive: those were never received. */
async function whileClientStays(
  signal: AbortSignal,
  answering: Promise<CallAnswer>,
  queue: FauxqsQueue,
): Promise<CallAnswer> {
  const left = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const answer = await Promise.race([answering, left.then(() => undefined)]);
  if (answer) return answer;
  answering.then(
    ({ body }) => putBack(queue, body),
    () => undefined,
  );
  return jsonAnswer('1.0', {});
}

function putBack(queue: FauxqsQueue, body: string): void {
  for (const [, handle] of body.matchAll(/"ReceiptHandle":"([^"]+)"/g)) {
    const entry = queue.inflightMessages.get(handle ?? '');
    if (entry) entry.message.approximateReceiveCount -= 1;
    queue.changeVisibility(handle ?? '', 0);
  }
}

function queueNamed(fauxqs: Fauxqs, name: string): FauxqsQueue {
  const queue = fauxqs.queues.getQueueByName(name);
  if (!queue) {
    throw new SqsError(
      'QueueDoesNotExist',
      'The specified queue does not exist.',
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  }
  return queue;
}
