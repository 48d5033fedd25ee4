import { timestamp } from '../../core/ports/clock';
import type { Conversation } from '../../core/lifecycle/conversation';
import { REVIEW_SHARD } from '../../core/lifecycle/work-due-index';
import { explain } from '../../core/lifecycle/failure';
import { REVIEW_LIMIT } from '../../core/lifecycle/review-transitions';
import type { ConversationSummary } from '../conversations/conversation-summary';
import { conversationSummary, recipientName } from '../conversations/conversation-summary';
import type { Disclosure } from '../conversations/conversation-view';
import type { OperationPorts } from '../ports';

/** A message that waits for a person, as the person may see it. */
export interface HeldMessage extends ConversationSummary {
  readonly recipientName: string;
  readonly reason: string;
  readonly words: string;
  readonly detail?: string;
  readonly heldSince: string;
  readonly waitedSeconds: number;
  /** Beyond the age at which an alarm rings. */
  readonly overdue: boolean;
  readonly sendBefore: string;
  /** By variable, where each value comes from. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Variables that were never written: approval has them composed. */
  readonly unwritten: readonly string[];
  /** With the text asked for: by variable, and what the recipient would read. */
  readonly values?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'reviewsDue'>;

const MASKED: Disclosure = { reveal: false, text: false };

/** What waits for a person, longest first. */
export async function listHeldMessages(ports: Ports, limit: number): Promise<readonly HeldMessage[]> {
  const now = ports.clock.now();
  const due = await ports.reviewsDue.due({ shard: REVIEW_SHARD, before: timestamp(now + 1), limit });
  const found = await Promise.all(due.map(async ({ key }) => ports.conversations.find(key)));
  // The index lags: what it names may be decided by now.
  return found.flatMap((held) =>
    held?.conversation_status === 'awaiting_review' ? [heldMessage(held, MASKED, now)] : [],
  );
}

export function heldMessage(conversation: Conversation, shows: Disclosure, now: number): HeldMessage {
  const {
    composition,
    failure_reason: reason = 'review_requested',
    due_at: since = conversation.updated_at,
  } = conversation;
  const waited = Math.max(0, now - Date.parse(since));
  return {
    ...conversationSummary(conversation, shows.reveal),
    recipientName: recipientName(conversation, shows.reveal),
    reason,
    words: explain(reason).cause,
    detail: conversation.failure_detail,
    heldSince: since,
    waitedSeconds: Math.round(waited / 1000),
    overdue: waited >= REVIEW_LIMIT,
    sendBefore: conversation.send_before,
    verdicts: composition?.verdicts ?? {},
    unwritten: composition?.unwritten ?? [],
    values: shows.text ? composition?.values : undefined,
    text: shows.text ? composition?.filled.text : undefined,
    facts: shows.reveal ? conversation.project_data : undefined,
  };
}
