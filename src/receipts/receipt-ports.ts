import type { Channel } from '../core/channel';
import type { ConversationStore } from '../core/lifecycle/change';
import type { HandoffQueue } from '../core/ports/channel-queue';
import type { Clock } from '../core/ports/clock';
import type { DeploymentSenders } from '../core/ports/deployment-senders';
import type { Directory } from '../core/ports/directory';
import type { NewIdentifier } from '../core/identity';
import type { Observer } from '../core/ports/observer';
import type { Provider } from '../core/ports/provider';
import type { ReadMail, RecipientConversations } from '../core/ports/receipt';
import type { RecipientAliases } from '../core/ports/recipient-aliases';
import type { ReplyAddresses } from '../core/ports/reply-addresses';
import type { SecretStore } from '../core/ports/secret-store';
import type { Threads } from '../core/ports/threads';
import type { TurnQueue } from '../core/ports/turn-queue';

/** What taking a receipt reaches the outside by. */
export interface ReceiptPorts {
  readonly directory: Pick<Directory, 'addOptOut'>;
  readonly aliases: Pick<RecipientAliases, 'learn'>;
  readonly senders: Pick<DeploymentSenders, 'note'>;
  readonly conversations: Pick<ConversationStore, 'change'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

/** What taking a person's message reaches the outside by. */
export interface InboundPorts {
  readonly directory: Pick<Directory, 'loadForProcessing' | 'findCompany' | 'addOptOut' | 'removeOptOut' | 'optedOutOf'>;
  readonly aliases: Pick<RecipientAliases, 'learn'>;
  readonly conversations: Pick<ConversationStore, 'change' | 'find'>;
  readonly recipients: RecipientConversations;
  readonly senders: Pick<DeploymentSenders, 'includes'>;
  readonly replyAddresses: Pick<ReplyAddresses, 'find'>;
  readonly threads: Pick<Threads, 'keep' | 'discard' | 'join' | 'find' | 'change'>;
  readonly turns: TurnQueue;
  readonly handoff: HandoffQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly newIdentifier: NewIdentifier;
  readonly observer: Observer;
}

/** Every way in which the vendors' webhooks touch the outside. */
export interface WebhookPorts extends InboundPorts {
  readonly senders: DeploymentSenders;
  readonly secrets: SecretStore;
  readonly readMail: ReadMail;
  /** How a stop is confirmed where the vendor sends nothing in answer to its call. */
  readonly confirming: Readonly<Partial<Record<Channel, Provider>>>;
}
