import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { ChannelQueue } from '../core/channel-queue';
import type { Conversation } from '../core/conversation';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import type { StageClients } from './stage-clients';

/** The channels' queues of a stage; each is looked up when it is written to. */
export function channelQueue({ queues, names }: StageClients): ChannelQueue {
  return {
    enqueue: async (message) => {
      const { QueueUrl: url = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: names.queue(message.channel) }));
      await new SqsChannelQueue(queues, { [message.channel]: url }).enqueue(message);
    },
  };
}

/** Puts a conversation before its channel's processor. */
export async function enqueueConversation(clients: StageClients, conversation: Conversation): Promise<void> {
  const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
  await channelQueue(clients).enqueue({ channel, conversationId, company });
}
