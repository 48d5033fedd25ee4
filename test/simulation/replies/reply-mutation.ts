import type { TurnPorts } from '../../../src/conversation/turn-ports';
import type { Change } from '../../../src/core/lifecycle/change';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { CatchUpPorts } from '../../../src/events/catch-up';
import type { ChangesPorts } from '../../../src/events/publish-changes';
import type { DeliveryPorts } from '../../../src/events/delivery-ports';
import type { ProcessorPorts } from '../../../src/processor/processing';
import type { ReconcilerPorts } from '../../../src/reconciler/reconciler-ports';
import type { InboundPorts } from '../../../src/receipts/receipt-ports';
import type { InboundMessage } from '../../../src/core/ports/receipt';

/** A fault put into the loop from outside, by changing what passes its ports. */
export interface ReplyMutation {
  readonly name: string;
  readonly thread?: (change: ThreadChange) => ThreadChange;
  readonly record?: (change: Change) => Change;
  readonly heard?: (message: InboundMessage) => InboundMessage;
  readonly inbound?: (ports: InboundPorts) => InboundPorts;
  readonly turn?: (ports: TurnPorts) => TurnPorts;
  readonly processor?: (ports: ProcessorPorts) => ProcessorPorts;
  readonly reconciler?: (ports: ReconcilerPorts) => ReconcilerPorts;
  readonly publisher?: (ports: ChangesPorts & CatchUpPorts) => ChangesPorts & CatchUpPorts;
  readonly delivery?: (ports: DeliveryPorts) => DeliveryPorts;
  /** The company's record, changed by what the recipient wrote. */
  readonly company?: (
    record: Readonly<Record<string, unknown>>, texts: readonly string[],
  ) => Readonly<Record<string, unknown>>;
}

/** A mutation and a seed whose run finds it. */
export interface KilledReplyMutation extends ReplyMutation {
  readonly killedBy: number;
}
