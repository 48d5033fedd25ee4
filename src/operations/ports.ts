import type { NewIdentifier } from '../core/identity';
import type { ConversationStore } from '../core/lifecycle/change';
import type { WorkDueIndex } from '../core/lifecycle/work-due-index';
import type { ResourceNames } from '../core/names';
import type { ChannelQueue } from '../core/ports/channel-queue';
import type { ChatLists } from '../core/ports/chat-lists';
import type { Clock } from '../core/ports/clock';
import type { CardHistory, CompanyRecords, TemplateHistory } from '../core/ports/company-records';
import type { ConsolePeople } from '../core/ports/console-people';
import type { ConversationIndex } from '../core/ports/conversation-index';
import type { DeadLetters } from '../core/ports/dead-letters';
import type { Directory } from '../core/ports/directory';
import type { DeliveryQueue, Endpoints, EventLog } from '../core/ports/events';
import type { GatewayKeys, KeyGrants } from '../core/ports/key-grants';
import type { LanguageModel } from '../core/ports/language-model';
import type { MediaSource } from '../core/ports/media';
import type { OptOuts, PersonRecords } from '../core/ports/person-records';
import type { RequestFinder } from '../core/ports/request-finder';
import type { SecretVault } from '../core/ports/secret-vault';
import type { StageProbe } from '../core/ports/stage-probe';
import type { ReplyAddresses } from '../core/ports/reply-addresses';
import type { Threads } from '../core/ports/threads';
import type { VendorAccounts } from '../core/ports/vendor-accounts';
import type { Verifications } from '../core/ports/verifications';
import type { RequestLimits, UsageReader } from '../core/usage/request-limits';

/** Everything of one stage that the use cases touch; each takes the part that it needs. */
export interface OperationPorts {
  /** Names of the stage's resources. */
  readonly names: ResourceNames;
  readonly clock: Clock;
  readonly newIdentifier: NewIdentifier;
  readonly conversations: ConversationStore;
  readonly index: ConversationIndex;
  readonly directory: Directory;
  readonly requests: RequestFinder;
  readonly queue: ChannelQueue;
  /** What waits for a person's decision. */
  readonly reviewsDue: WorkDueIndex;
  /** Replies that wait for a person's answer. */
  readonly repliesDue: WorkDueIndex;
  readonly companies: CompanyRecords;
  readonly templateHistory: TemplateHistory;
  readonly cardHistory: CardHistory;
  readonly verifications: Verifications;
  readonly usage: UsageReader;
  readonly limits: Pick<RequestLimits, 'take'>;
  readonly endpoints: Endpoints;
  readonly events: Pick<EventLog, 'after' | 'find'>;
  readonly deliveries: DeliveryQueue;
  /** The key under which the stage's signing secrets are sealed. */
  readonly endpointKey: () => Promise<string>;
  /** Whether endpoints may be on this machine: on a local stage alone. */
  readonly allowsLoopback: boolean;
  readonly grants: KeyGrants;
  readonly gatewayKeys: GatewayKeys;
  readonly secrets: SecretVault;
  readonly optOuts: OptOuts;
  readonly people: PersonRecords;
  readonly replyAddresses: ReplyAddresses;
  /** What recipients wrote. */
  readonly threads: Threads;
  /** Chats by who has them. */
  readonly chatLists: ChatLists;
  /** Who may sign in to the console, where the stage itself keeps them. */
  readonly consolePeople: ConsolePeople;
  readonly deadLetters: DeadLetters;
  readonly probe: StageProbe;
  readonly vendors: VendorAccounts;
  readonly media: MediaSource;
  readonly model: LanguageModel;
}
