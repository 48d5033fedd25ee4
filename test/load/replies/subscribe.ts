import { addEndpoint } from '../../../src/operations/endpoints/manage-endpoints';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { SAMPLE } from '../../../tools/local-stage/sample/company';
import { endpointPorts } from '../../flow/endpoints-of-tests';

/** A client's backend: the events of the whole company come to it from now on. */
interface Subscriber {
  readonly url: string;
  trust(secret: string): void;
}

export async function subscribe(stage: LocalStage, receiver: Subscriber): Promise<void> {
  const ports = endpointPorts(stage);
  try {
    const added = await addEndpoint(ports, {
      company: SAMPLE.companyId, projects: ['*'], url: receiver.url, include: ['text'], by: 'test',
    });
    if (added.outcome !== 'added') throw new Error(`Adding the endpoint of the sample company failed: ${added.outcome}.`);
    receiver.trust(added.secret);
  } finally {
    ports.close();
  }
}
