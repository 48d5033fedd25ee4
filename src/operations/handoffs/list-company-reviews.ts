import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { REVIEW_SHARD } from '../../core/lifecycle/work-due-index';
import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
import type { HeldMessage } from './held-message';
import { heldMessage } from './held-message';

/** Keys of waiting messages that are looked through for a company's; the index holds nothing but keys. */
const LOOKED_AT_MOST = 1_000;

type Ports = Pick<OperationPorts, 'clock' | 'index' | 'reviewsDue'>;

export interface CompanyReviews {
  /** The one that has to go soonest comes first. */
  readonly waiting: readonly HeldMessage[];
  /** More wait than are listed. */
  readonly more: boolean;
}

/** What waits for a person's decision in one company; only its own records are read. */
export async function listCompanyReviews(ports: Ports, company: string, limit: number): Promise<CompanyReviews> {
  const now = ports.clock.now();
  const before = timestamp(now + 1);
  const due = await ports.reviewsDue.due({ shard: REVIEW_SHARD, before, limit: LOOKED_AT_MOST });
  const own = due.filter(({ key }) => parseConversationId(key.conversation_id)?.companyId === company);
  const found = await ports.index.records(own.slice(0, limit).map(({ key }) => key));
  // The index lags: what it names may be decided by now.
  const held = found.flatMap((one) => (one?.conversation_status === 'awaiting_review' ? [one] : []));
  const waiting = held.map((one) => heldMessage(one, { reveal: false, text: false }, now));
  return {
    waiting: waiting.sort((one, other) => (one.sendBefore < other.sendBefore ? -1 : 1)),
    more: own.length > limit || due.length === LOOKED_AT_MOST,
  };
}
