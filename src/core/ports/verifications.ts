import type { Channel } from '../channel';
import type { Timestamp } from './clock';
import type { Finding } from './vendor-accounts';

/** What the vendors of one channel of a project said when it was last verified. */
export interface Verification {
  readonly channel: Channel;
  readonly at: Timestamp;
  /** Who verified. */
  readonly by: string;
  readonly findings: readonly Finding[];
}

interface VerifiedProject {
  readonly companyId: string;
  readonly projectId: string;
}

/** The port to what verifications found: vendors are asked by the command alone, and everyone sees what they said. */
export interface Verifications {
  /** In the place of the channel's one before. */
  keep(owner: VerifiedProject, verification: Verification): Promise<void>;
  list(owner: VerifiedProject): Promise<readonly Verification[]>;
}
