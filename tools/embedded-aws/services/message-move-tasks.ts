import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sourceOfTask } from '../permissions/sqs-access';
import type { FauxqsQueue, FauxqsQueueStore } from './fauxqs';

/** A refusal in SQS's own words; `queryCode` is what its older protocol calls it. */
export class SqsError extends Error {
  constructor(readonly code: string, message: string, readonly queryCode = code) {
    super(message);
  }
}

interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED';
  timer?: NodeJS.Timeout;
}

const startInput = z.object({
  SourceArn: z.string(),
  DestinationArn: z.string().optional(),
  MaxNumberOfMessagesPerSecond: z.number().min(1).max(500).optional(),
});
const listInput = z.object({ SourceArn: z.string(), MaxResults: z.number().min(1).max(10).default(1) });
const MESSAGES_A_STEP = 10;

/** SQS's own way to move dead letters back, which fauxqs lacks. */
export class MessageMoveTasks {
  /** Newest first. */
  private readonly tasks: MoveTask[] = [];

  constructor(private readonly queues: FauxqsQueueStore) {}

  /** The queues whose dead letters go to a queue. */
  sourcesOf(deadLetterArn: string): readonly FauxqsQueue[] {
    return this.queues.listQueues().filter((queue) => queue.attributes.RedrivePolicy?.includes(`"${deadLetterArn}"`));
  }

  start(input: unknown): { readonly TaskHandle: string } {
    const {
      SourceArn: sourceArn,
      DestinationArn: destinationArn,
      MaxNumberOfMessagesPerSecond: perSecond,
    } = parse(startInput, input);
    const source = this.existing(sourceArn);
    const sources = this.sourcesOf(sourceArn);
    if (sources.length === 0) {
      throw new SqsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    }
    if (destinationArn === undefined && sources.length > 1) {
      throw new SqsError(
        'UnsupportedOperation',
        `Several queues send their dead letters to ${sourceArn} and the embedded cloud does not remember which did: `
          + 'name a DestinationArn.',
      );
    }
    if (this.tasks.some((task) => task.sourceArn === sourceArn && task.status === 'RUNNING')) {
      throw new SqsError(
        'InvalidParameterValue',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const destination = destinationArn === undefined ? sources[0] : this.existing(destinationArn);
    const taskId = randomUUID();
    const task: MoveTask = {
      handle: Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64'),
      sourceArn,
      destinationArn,
      perSecond,
      started: Date.now(),
      toMove: Number(source.getAttribute('ApproximateNumberOfMessages')),
      moved: 0,
      status: 'RUNNING',
    };
    this.tasks.unshift(task);
    this.step(task, source, destination ?? source);
    return { TaskHandle: task.handle };
  }

  list(input: unknown): unknown {
    const { SourceArn: sourceArn, MaxResults: limit } = parse(listInput, input);
    this.existing(sourceArn);
    return {
      Results: this.tasks.filter((task) => task.sourceArn === sourceArn).slice(0, limit).map((task) => ({
        // As in AWS, only a running task has a handle.
        ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
        Status: task.status,
        SourceArn: task.sourceArn,
        DestinationArn: task.destinationArn,
        MaxNumberOfMessagesPerSecond: task.perSecond,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        StartedTimestamp: task.started,
      })),
    };
  }

  cancel(handle: string): { readonly ApproximateNumberOfMessagesMoved: number } {
    const task = this.tasks.find((one) => one.handle === handle);
    if (!task) throw new SqsError('ResourceNotFoundException', `Task does not exist for ${sourceOfTask(handle)}.`);
    if (task.status !== 'RUNNING') throw new SqsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
    clearTimeout(task.timer);
    task.status = 'CANCELLED';
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  stop(): void {
    for (const task of this.tasks) clearTimeout(task.timer);
  }

  /** Moves up to ten messages (or as many as one second allows) and comes back for the rest. */
  private step(task: MoveTask, source: FauxqsQueue, destination: FauxqsQueue): void {
    const batch = Math.min(MESSAGES_A_STEP, task.perSecond ?? MESSAGES_A_STEP);
    const pause = task.perSecond === undefined ? 0 : (batch / task.perSecond) * 1000;
    task.timer = setTimeout(() => {
      source.processTimers();
      const received = source.dequeue(batch);
      for (const { ReceiptHandle: handle } of received) task.moved += this.moveOne(handle, source, destination);
      if (received.length === 0) task.status = 'COMPLETED';
      else this.step(task, source, destination);
    }, pause);
  }

  /** A message that was moved is a new message: another id, another time, never received. */
  private moveOne(handle: string, source: FauxqsQueue, destination: FauxqsQueue): number {
    const entry = source.inflightMessages.get(handle);
    if (!entry) return 0;
    destination.enqueue({
      ...entry.message,
      messageId: randomUUID(),
      sentTimestamp: Date.now(),
      approximateReceiveCount: 0,
      approximateFirstReceiveTimestamp: undefined,
    });
    source.deleteMessage(handle);
    return 1;
  }

  private existing(arn: string): FauxqsQueue {
    const queue = this.queues.getQueueByArn(arn);
    if (!queue) {
      throw new SqsError(
        'ResourceNotFoundException',
        `The resource that you specified for the ${arn.split(':').at(-1)} queue does not exist.`,
      );
    }
    return queue;
  }
}

function parse<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new SqsError('InvalidParameterValue', z.prettifyError(parsed.error));
  return parsed.data;
}
