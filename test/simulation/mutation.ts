import type { Change } from '../../src/core/lifecycle/change';
import type { OpenConversations } from '../../src/core/usage/request-limits';
import type { ProcessorPorts } from '../../src/processor/processing';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import type { ReviewPorts } from '../../src/review/review-ports';
import type { RouterPorts } from '../../src/router/router-ports';

/** A fault put into the engine from outside, by changing what passes its ports. */
export interface Mutation {
  readonly name: string;
  /** An opt-out counts for the very address alone under which it came. */
  readonly forgetsNames?: true;
  readonly change?: (change: Change) => Change;
  readonly router?: (ports: RouterPorts) => RouterPorts;
  readonly processor?: (ports: ProcessorPorts) => ProcessorPorts;
  readonly review?: (ports: ReviewPorts) => ReviewPorts;
  readonly usage?: (usage: OpenConversations) => OpenConversations;
  readonly reconciler?: (ports: ReconcilerPorts) => ReconcilerPorts;
}
