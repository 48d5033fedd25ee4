import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { ChannelQueue } from '../core/ports/channel-queue';
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
