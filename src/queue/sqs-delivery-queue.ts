import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { DeliveryCall, DeliveryQueue } from '../core/ports/events';
import { messageGroup } from './message-group';

const text = z.string().check(z.minLength(1));
const bodyShape = z.object({
  company_id: text, endpoint_id: text, replay: z.optional(text), test: z.optional(text),
});

/** The queue of calls for deliveries: identifiers as JSON. Its group is the endpoint: a busy one delays no other. */
export class SqsDeliveryQueue implements DeliveryQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string | (() => Promise<string>),
  ) {}

  async call({ company, endpoint, replay, test, delaySeconds }: DeliveryCall): Promise<void> {
    const url = typeof this.queueUrl === 'string' ? this.queueUrl : await this.queueUrl();
    await this.client.send(new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify({ company_id: company, endpoint_id: endpoint, replay, test }),
      MessageGroupId: messageGroup(endpoint),
      ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
    }));
  }
}

/** Undefined for a body that this engine does not write. */
export function readDeliveryCall(body: string): DeliveryCall | undefined {
  const read = z.safeParse(bodyShape, parse(body));
  if (!read.success) return undefined;
  const { company_id: company, endpoint_id: endpoint, replay, test } = read.data;
  return { company, endpoint, replay, test } as DeliveryCall;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
