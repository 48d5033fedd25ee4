import { setTimeout } from 'node:timers/promises';
import { DeleteMessageCommand, ListMessageMoveTasksCommand, SendMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Channel } from '../../core/channel';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { messageGroup } from '../../queue/message-group';
import { awsFailure, CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';
import type { DeadLetterQueue } from './dead-letter-queue';
import { findDeadLetters, lookAtLetters } from './dead-letter-queue';

export interface Redriven {
  readonly channel: Channel;
  readonly moved: number;
}

const POLL_MILLISECONDS = 500;

/**
 * Moves every dead letter of a channel back to its queue with SQS's own task, and follows it. Safe to repeat: a task that runs already is followed,
 * and the processor takes up only what its record still asks for, so that no message is sent twice.
 */
export async function redriveAll(clients: StageClients, channel: Channel, onProgress: (moved: number, toMove: number) => void): Promise<Redriven> {
  const queue = await findDeadLetters(clients, channel);
  if (queue.count === 0) return { channel, moved: 0 };
  try {
    await startTask(clients.queues, queue.arn);
    return { channel, moved: await followTask(clients.queues, queue.arn, onProgress) };
  } catch (error) {
    throw awsFailure(`Redriving the dead letters of ${channel}`, error);
  }
}

async function startTask(queues: SQSClient, arn: string): Promise<void> {
  try {
    await queues.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
  } catch (error) {
    const isRunning = error instanceof Error && /already a task running|active task/i.test(error.message);
    if (!isRunning) throw error;
  }
}

async function followTask(queues: SQSClient, arn: string, onProgress: (moved: number, toMove: number) => void): Promise<number> {
  for (;;) {
    const { Results: tasks = [] } = await queues.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }));
    const [task] = tasks;
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    onProgress(moved, Math.max(moved, task?.ApproximateNumberOfMessagesToMove ?? 0));
    if (!task || task.Status === 'COMPLETED') return moved;
    if (task.Status === 'FAILED' || task.Status === 'CANCELLED') {
      throw new CommandError(`Redriving stopped after ${moved} messages: ${task.FailureReason ?? 'the task was cancelled'}; run the command again for the rest.`);
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

/** Moves one dead letter back: sent first and deleted then, so that a stop between the two leaves a harmless second copy and loses nothing. */
export async function redriveOne(clients: StageClients, channel: Channel, messageId: string): Promise<Redriven> {
  const queue = await findDeadLetters(clients, channel);
  let moved = 0;
  await lookAtLetters(clients.queues, queue, Infinity, async ({ MessageId: id, Body: body = '', ReceiptHandle: handle }) => {
    if (id !== messageId) return 'put_back';
    await sendBack(clients.queues, queue, body);
    await clients.queues.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: handle }));
    moved = 1;
    return 'stop';
  }).catch((error: unknown) => { throw awsFailure(`Redriving the message ${messageId}`, error); });
  if (moved === 0) {
    throw new CommandError(`Redriving the message ${messageId} failed: ${channel} has no such dead letter now; it was redriven before or is being looked at, see deadletter list.`);
  }
  return { channel, moved };
}

async function sendBack(queues: SQSClient, { sourceUrl }: DeadLetterQueue, body: string): Promise<void> {
  const company = parseConversationId(body)?.companyId ?? 'unknown';
  await queues.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: body, MessageGroupId: messageGroup(company) }));
}
