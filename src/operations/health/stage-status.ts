import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { isOpen } from '../../core/listing/state-groups';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { NextStep } from '../../core/lifecycle/next-step';
import { operatorStep } from '../../core/lifecycle/next-step';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import type { Timestamp } from '../../core/ports/clock';
import { timestamp } from '../../core/ports/clock';
import { collectConversations } from '../conversations/list-conversations';
import type { ProjectPorts } from '../conversations/selection';
import type { OperationPorts } from '../ports';
import type { Spent, StageSpeed } from './stage-speed';
import { speedOf, spentOn } from './stage-speed';

/** Messages of one company that stand in one state for one reason, and are not simply on their way or sent. */
export interface StatusGroup {
  readonly company: string;
  readonly project: string;
  /** As a list of conversations takes it: a status, or `failed` for what was sent and not delivered. */
  readonly state: string;
  readonly delivery?: string;
  readonly reason?: string;
  readonly count: number;
  /** Since when the one that has waited longest is in this state. */
  readonly oldestSince: Timestamp;
  /** Of that one: its client's `request_id`. */
  readonly oldest: string;
  readonly step: NextStep;
  /** Whether `engine retry` hurries them. */
  readonly canRetry: boolean;
}

export interface StageStatus {
  readonly at: Timestamp;
  /** Ended messages count if they were accepted since this moment; open ones always. */
  readonly since: Timestamp;
  /** By state. */
  readonly states: Readonly<Record<string, number>>;
  /** Those that need someone come first, and among them those that have waited longest. */
  readonly groups: readonly StatusGroup[];
  readonly replies: { readonly count: number; readonly atLeast: boolean; readonly oldestSince?: Timestamp };
  readonly deadLetters: ReadonlyArray<{ readonly channel: Channel; readonly count: number }>;
  /** Of the messages that were accepted since. */
  readonly speed: readonly StageSpeed[];
  readonly spent: readonly Spent[];
  /** Records that were read, and whether there were more. */
  readonly looked: { readonly conversations: number; readonly complete: boolean };
}

/** Records of one kind, open or recent, that are read at most. */
const AT_MOST = 2000;

/** Replies are counted up to this number. */
const REPLIES_AT_MOST = 100;

/** A message that is queued this long beyond its check is no longer simply on its way. */
const OVERDUE = 2 * 60_000;

type Ports = Pick<OperationPorts, 'clock' | 'deadLetters' | 'index' | 'repliesDue'> & ProjectPorts;

/**
 * What is wrong right now, from the records themselves: no table is scanned. `hours`: how far back ended ones count.
 */
export async function stageStatus(
  ports: Ports, { company, hours }: { readonly company?: string; readonly hours: number },
): Promise<StageStatus> {
  const now = ports.clock.now();
  const since = timestamp(now - hours * 60 * 60_000);
  const [open, recent, replies, deadLetters] = await Promise.all([
    collectConversations(ports, { state: 'open', company }, AT_MOST),
    collectConversations(ports, { company, since }, AT_MOST),
    waitingReplies(ports, now),
    Promise.all(
      CHANNELS.map(async (channel) => ({ channel, count: (await ports.deadLetters.look(channel, 0)).count })),
    ),
  ]);
  const records = [...new Map([...recent.found, ...open.found].map((one) => [one.conversation_id, one])).values()];
  return {
    at: timestamp(now),
    since,
    states: countsOf(records.map(stateOf)),
    groups: groupsOf(records, now),
    replies,
    deadLetters,
    speed: speedOf(recent.found),
    spent: spentOn(recent.found),
    looked: { conversations: records.length, complete: open.complete && recent.complete },
  };
}

async function waitingReplies({ repliesDue }: Ports, now: number): Promise<StageStatus['replies']> {
  const due = await repliesDue.due({ shard: REPLY_ATTENTION, before: timestamp(now + 1), limit: REPLIES_AT_MOST });
  return { count: due.length, atLeast: due.length === REPLIES_AT_MOST, oldestSince: due[0]?.dueAt };
}

/** A message that was sent and is known not to have arrived is told apart from one that is sent. */
function stateOf({ conversation_status: status, delivery_status: delivery }: Conversation): string {
  return delivery === 'undelivered' ? `${status}, ${delivery}` : status;
}

function countsOf(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

function groupsOf(records: readonly Conversation[], now: number): readonly StatusGroup[] {
  const groups = new Map<string, StatusGroup>();
  for (const record of records) {
    const step = operatorStep(record, now);
    if (!isTrouble(record, step, now)) continue;
    const { company_id: company, project_id: project, failure_reason: reason, request_id: oldest } = record;
    const key = JSON.stringify([company, project, stateOf(record), reason]);
    const known = groups.get(key);
    const since = sinceOf(record);
    const isOldest = known === undefined || since < known.oldestSince;
    groups.set(key, {
      company,
      project,
      reason,
      state: record.delivery_status === 'undelivered' ? 'failed' : record.conversation_status,
      ...(record.delivery_status === 'undelivered' ? { delivery: record.delivery_status } : {}),
      count: (known?.count ?? 0) + 1,
      ...(isOldest
        ? { oldestSince: since, oldest, step }
        : { oldestSince: known.oldestSince, oldest: known.oldest, step: known.step }),
      canRetry: (known?.canRetry ?? false) || step.position === 'delayed',
    });
  }
  const order = ({ oldestSince, step }: StatusGroup) => `${isByItself(step) ? 1 : 0} ${oldestSince}`;
  return [...groups.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

/** Nobody has to do anything about it. */
function isByItself({ words }: NextStep): boolean {
  return /^None\b/.test(words);
}

/** An opt-out that was respected and a message that a person rejected have ended as they should. */
function isTrouble(record: Conversation, step: NextStep, now: number): boolean {
  switch (step.position) {
    case 'sent':
    case 'scheduled':
      return false;
    case 'queued':
    case 'worked':
      return isOpen(record) && Date.parse(record.due_at ?? record.updated_at) + OVERDUE < now;
    case 'ended':
      return !isByItself(step);
    case 'delayed':
    case 'held':
    case 'unknown':
    case 'unconfirmed':
      return true;
  }
}

/** Since when a record is in its state; records of an earlier engine have no history. */
function sinceOf({
  history,
  conversation_status: status,
  updated_at: updatedAt,
  created_at: createdAt,
}: Conversation): Timestamp {
  const began = history.findLastIndex((entry) => entry.status !== status);
  return history[began + 1]?.at ?? updatedAt ?? createdAt ?? '';
}
