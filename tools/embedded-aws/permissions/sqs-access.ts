import type { AccessNeed, AccessPlace } from './access-need';

type Input = Readonly<Record<string, unknown>>;

/**
 * Operations whose permission has another name: a batch needs what its single calls need. Source: SQS Developer Guide,
 * API permissions.
 */
const ACTION_OF_OPERATION: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

const OPERATIONS_BY_URL: ReadonlySet<string> = new Set([
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
  'GetQueueAttributes',
  'SetQueueAttributes',
  'PurgeQueue',
  'DeleteQueue',
  'ListDeadLetterSourceQueues',
  'TagQueue',
  'UntagQueue',
  'ListQueueTags',
]);
const OPERATIONS_BY_NAME: ReadonlySet<string> = new Set(['GetQueueUrl', 'CreateQueue']);

/**
 * The permissions that an SQS call needs; undefined for operations that SQS does not have.
 * `sourcesOf` names the queues whose dead letters go to a queue: moving them back needs the right to send there.
 */
export function sqsNeeds(
  operation: string, input: Input, place: AccessPlace, sourcesOf: (deadLetterArn: string) => readonly string[],
): readonly AccessNeed[] | undefined {
  const queueArn = (name: string): string => `arn:aws:sqs:${place.region}:${place.account}:${name}`;
  if (OPERATIONS_BY_URL.has(operation)) {
    return [need(ACTION_OF_OPERATION[operation] ?? operation, queueArn(queueNameOf(String(input.QueueUrl))))];
  }
  if (OPERATIONS_BY_NAME.has(operation)) return [need(operation, queueArn(String(input.QueueName)))];
  switch (operation) {
    case 'ListQueues': return [need('ListQueues', queueArn(''), queueArn(''))];
    case 'ListMessageMoveTasks': return [need(operation, String(input.SourceArn))];
    case 'CancelMessageMoveTask': return [need(operation, sourceOfTask(String(input.TaskHandle)))];
    case 'StartMessageMoveTask': {
      const source = String(input.SourceArn);
      const destinations = typeof input.DestinationArn === 'string' ? [input.DestinationArn] : sourcesOf(source);
      return [
        ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
          need(action, source),
        ),
        ...destinations.map((destination) => need('SendMessage', destination)),
      ];
    }
    default: return undefined;
  }
}

/** `http://host:1/111122223333/name` → `name`. */
export function queueNameOf(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? queueUrl;
}

/** A task handle says which queue it empties: base64 of `{"taskId","sourceArn"}`, as AWS writes it. */
export function sourceOfTask(taskHandle: string): string {
  const found = /"sourceArn":"([^"]+)"/.exec(Buffer.from(taskHandle, 'base64').toString('utf8'));
  return found?.[1] ?? taskHandle;
}

/** SQS spells actions in lower case when it refuses. */
function need(action: string, resource: string, shownResource?: string): AccessNeed {
  return {
    action: `sqs:${action}`,
    resource,
    shownAction: `sqs:${action.toLowerCase()}`,
    ...(shownResource === undefined ? {} : { shownResource }),
  };
}
