import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateQuery, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { NamedQueue } from '../takeover/operations';
import { allOf, unlessGone } from './resource-adapter';

/** Seconds in which a received message is stored and deleted; a run that stops in between sees it again after them. */
const VISIBILITY = 60;
/** Receives that answer nothing before a queue counts as emptied: SQS asks some of its servers only. */
const EMPTY_RECEIVES = 3;

const COUNTS = [
  'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed',
] as const;
const attributes = z.record(z.string(), z.object({
  DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.instanceof(Uint8Array).optional(),
}));
const archivedMessage = z.object(
  { name: z.string(), queue: z.string(), body: z.string(), attributes: attributes.optional() });

export async function depthOf(client: SQSClient, { id }: NamedQueue): Promise<number> {
  const answer = await unlessGone(
    client.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: [...COUNTS] })));
  return COUNTS.reduce((sum, count) => sum + Number(answer?.Attributes?.[count] ?? 0), 0);
}

/** Messages of the old engine's queues, in the journal's own table until the takeover is finished. */
export class MessageArchive {
  private readonly documents: DynamoDBDocumentClient;

  constructor(private readonly queues: SQSClient, tables: DynamoDBClient, private readonly table: string) {
    this.documents = DynamoDBDocumentClient.from(tables, { marshallOptions: { removeUndefinedValues: true } });
  }

  /** A message is stored before it is deleted, under its own identifier: a repetition stores it once. */
  async take(queue: NamedQueue): Promise<number> {
    const taken = new Set<string>();
    for (let empty = 0; empty < EMPTY_RECEIVES;) {
      const { Messages: messages = [] } = await this.queues.send(new ReceiveMessageCommand({
        QueueUrl: queue.id, MaxNumberOfMessages: 10, VisibilityTimeout: VISIBILITY, WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
      }));
      empty = messages.length === 0 ? empty + 1 : 0;
      for (const message of messages) {
        await this.store(queue, message);
        await this.queues.send(new DeleteMessageCommand({ QueueUrl: queue.id, ReceiptHandle: message.ReceiptHandle }));
        taken.add(message.MessageId ?? '');
      }
    }
    return taken.size;
  }

  async resend(queue: NamedQueue): Promise<number> {
    const messages = (await this.all()).filter((one) => one.queue === queue.name);
    for (const { name, body, attributes: MessageAttributes } of messages) {
      await this.queues.send(new SendMessageCommand({ QueueUrl: queue.id, MessageBody: body, MessageAttributes }));
      await this.documents.send(new DeleteCommand({ TableName: this.table, Key: { kind: 'message', name } }));
    }
    return messages.length;
  }

  async counts(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { queue } of await this.all()) counts.set(queue, (counts.get(queue) ?? 0) + 1);
    return counts;
  }

  private async store(queue: NamedQueue, { MessageId: id = '', Body: body = '', MessageAttributes }: Message) {
    await this.documents.send(new PutCommand({
      TableName: this.table,
      Item: { kind: 'message', name: `${queue.name}#${id}`, queue: queue.name, body, attributes: MessageAttributes },
    }));
  }

  private async all() {
    const pages = paginateQuery({ client: this.documents }, {
      TableName: this.table, KeyConditionExpression: 'kind = :message',
      ExpressionAttributeValues: { ':message': 'message' }, ConsistentRead: true,
    });
    return (await unlessGone(allOf(pages, (page) => page.Items)) ?? []).map((item) => archivedMessage.parse(item));
  }
}
