import type { Timestamp } from './clock';

/** The port to the senders by which any company of the deployment has sent lately. */
export interface DeploymentSenders {
  /** A vendor took a message from it. Cheap to repeat. */
  note(sender: string, at: Timestamp): Promise<void>;
  /** Whether an address is one of them: two engines must not talk with each other. */
  includes(address: string): Promise<boolean>;
}
