import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { Conversation } from '../core/conversation';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import type { StageClients } from './stage-clients';

/** Puts a conversation before its channel's processor. */
export async function enqueueConversation({ queues, names }: StageClients, conversation: Conversation): Promise<void> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  const { QueueUrl: url = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: names.queue(channel) }));
  await new SqsChannelQueue(queues, { [channel]: url }).enqueue({ channel, conversationId, company });
}
