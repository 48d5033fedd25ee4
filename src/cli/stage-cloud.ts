import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { openAiModel } from '../ai/openai-model';
import type { ChannelQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import { ApiGatewayKeys } from '../gateway/api-gateway-keys';
import { MODEL_TIME } from '../operations/dry-run/dry-run';
import type { OperationPorts } from '../operations/ports';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { SqsDeliveryQueue } from '../queue/sqs-delivery-queue';
import { SqsDeadLetters } from '../queue/sqs-dead-letters';
import { EndpointKey } from '../secrets/endpoint-key';
import { SecretsManagerVault } from '../secrets/secret-vault';
import { AwsStageProbe } from '../stage-probe/aws-stage-probe';
import { CognitoPeople } from '../stage-probe/cognito-people';
import { httpMedia } from '../vendor-accounts/http-media';
import { httpVendorAccounts } from '../vendor-accounts/http-vendor-accounts';
import type { StageAccess } from './stage-access';
import type { StageClients } from './stage-clients';
import { clientsOf } from './stage-clients';

export type CloudPorts = Pick<
  OperationPorts,
  | 'consolePeople' | 'deadLetters' | 'deliveries' | 'endpointKey' | 'gatewayKeys' | 'media' | 'model' | 'probe' | 'queue'
  | 'secrets'
> & { readonly vendors: ReturnType<typeof httpVendorAccounts>; close(): void };

/** The ports of a stage that stand on all but its tables. */
export function cloudPorts(access: StageAccess, clock: Clock): CloudPorts {
  const clients = clientsOf(access);
  const { names, vendors } = access;
  return {
    queue: channelQueue(clients),
    deadLetters: new SqsDeadLetters(clients.queues, names),
    gatewayKeys: new ApiGatewayKeys(clients.gateway, names.usagePlan),
    secrets: new SecretsManagerVault(clients.secrets),
    deliveries: new SqsDeliveryQueue(clients.queues, async () => queueUrl(clients, names.deliveryQueue)),
    endpointKey: async () => new EndpointKey(clients.secrets, names.endpointKeySecret).readOrMake(),
    consolePeople: new CognitoPeople(clients.people, names.console),
    probe: new AwsStageProbe(clients, names, access.kind, clients.apiUrl),
    vendors: httpVendorAccounts(vendors),
    media: httpMedia(vendors),
    model: openAiModel({ requestTimeoutMilliseconds: MODEL_TIME, clock, baseUrl: vendors.openai }),
    close: clients.close,
  };
}

/** The channels' queues of a stage; each is looked up when it is written to. */
function channelQueue({ queues, names }: StageClients): ChannelQueue {
  return {
    enqueue: async (message) => {
      const url = await queueUrl({ queues }, names.queue(message.channel));
      await new SqsChannelQueue(queues, { [message.channel]: url }).enqueue(message);
    },
  };
}

async function queueUrl({ queues }: Pick<StageClients, 'queues'>, name: string): Promise<string> {
  const { QueueUrl: url = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: name }));
  return url;
}
