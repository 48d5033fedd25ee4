import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { endpointPorts, subscribeAll } from '../../flow/endpoints-of-tests';

/** A client's backend: the events of the whole company come to it from now on. */
interface Subscriber {
  readonly url: string;
  trust(secret: string): void;
}

export async function subscribe(stage: LocalStage, receiver: Subscriber): Promise<void> {
  const ports = endpointPorts(stage);
  try {
    receiver.trust(await subscribeAll(ports, receiver.url));
  } finally {
    ports.close();
  }
}
