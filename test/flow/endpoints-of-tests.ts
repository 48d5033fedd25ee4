import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { resourceNames } from '../../src/core/names';
import type { EndpointPorts } from '../../src/operations/endpoints/manage-endpoints';
import { addEndpoint } from '../../src/operations/endpoints/manage-endpoints';
import { SqsDeliveryQueue } from '../../src/queue/sqs-delivery-queue';
import { DynamoDbEndpoints } from '../../src/records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../../src/records/dynamodb-event-log';
import { EndpointKey } from '../../src/secrets/endpoint-key';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';

/** What the operators' commands on endpoints stand on, for a stage of a test. */
export function endpointPorts({ cloud, records }: LocalStage): EndpointPorts & { close(): void } {
  const names = resourceNames(LOCAL_STAGE);
  const { services: { endpoint, administratorCredentials: credentials }, template: { region } } = cloud;
  const queues = new SQSClient({ endpoint, region, credentials });
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  const key = new EndpointKey(secrets, names.endpointKeySecret);
  return {
    allowsLoopback: true,
    clock: { now: Date.now, sleep: async (time) => new Promise((resolve) => { setTimeout(resolve, time); }) },
    newIdentifier: randomUUID,
    endpoints: new DynamoDbEndpoints(records, names.eventTable),
    events: new DynamoDbEventLog(records, names.eventTable),
    deliveries: new SqsDeliveryQueue(queues, async () => {
      const { QueueUrl: url = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: names.deliveryQueue }));
      return url;
    }),
    endpointKey: async () => key.readOrMake(),
    close: () => {
      queues.destroy();
      secrets.destroy();
    },
  };
}

/** The events of the whole sample company go to this address from now on, with their words; answers its secret. */
export async function subscribeAll(ports: EndpointPorts, url: string): Promise<string> {
  const added = await addEndpoint(ports, {
    company: SAMPLE.companyId, projects: ['*'], url, include: ['text'], by: 'test',
  });
  if (added.outcome !== 'added') throw new Error(`Adding the endpoint of the sample company failed: ${added.outcome}.`);
  return added.secret;
}
