import type { DeploymentSenders } from '../../src/core/ports/deployment-senders';
import { identityOf } from '../../src/core/recipient/identity';

/** Senders of the deployment, in memory. */
export class MemoryDeploymentSenders implements DeploymentSenders {
  readonly known = new Set<string>();

  note(sender: string): Promise<void> {
    this.known.add(identityOf(sender) ?? sender);
    return Promise.resolve();
  }

  includes(address: string): Promise<boolean> {
    return Promise.resolve(this.known.has(identityOf(address) ?? address));
  }
}
