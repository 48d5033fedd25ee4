import type { Change } from '../../src/core/lifecycle/change';
import type { Conversation, ConversationStatus } from '../../src/core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../src/core/lifecycle/conversation';
import { ATTEMPTS, TIMES } from '../../src/core/lifecycle/limits';
import { isTestMessage, testMessageId } from '../../src/core/lifecycle/test-message';
import { deliveryRank } from '../../src/core/lifecycle/receipt-transitions';
import { costOf } from '../../src/core/usage/cost';
import type { Process } from './machine';
import { START } from './machine';
import type { Plan } from './plan';
import type { AcceptedMessage } from './vendor';

/** Milliseconds: a queue message comes back to be told again after a crash, and again after another. */
const TOLD_WITHIN = 15 * 60_000;

/** Milliseconds after its moment in which a message is taken where nothing goes wrong. */
const LATE = 10_000;

const ENDS_UNSENT: readonly ConversationStatus[] = ['cancelled', 'superseded', 'suppressed', 'expired', 'failed_secrets_fetch', 'failed_unknown'];

/**
 * The ways of the design's picture, written down apart from the code that they judge. A receipt proves a send from
 * wherever the record stands.
 */
const WAYS: Readonly<Partial<Record<ConversationStatus, readonly ConversationStatus[]>>> = {
  initiated: ['processing', 'expired', 'cancelled'],
  processing: ['processing', 'initiated', 'composed', 'sending', 'awaiting_review', ...ENDS_UNSENT],
  awaiting_review: ['composed', 'initiated', 'rejected', 'expired', 'cancelled'],
  composed: ['composed', 'sending', 'initial_message_sent', 'failed_to_send_message', ...ENDS_UNSENT],
  sending: ['composed', 'initial_message_sent', 'failed_to_send_message', 'suppressed', 'send_unknown'],
  send_unknown: ['initial_message_sent', 'send_unconfirmed', 'composed'],
  send_unconfirmed: ['initial_message_sent', 'composed'],
  initial_message_sent: ['initial_message_sent'],
};

/** Changes that are no step, in whatever state they come. */
const LEAVES_STATE: readonly string[] = ['schedule next check', 'note reply'];

/** Changes after which a worker may call the vendor. */
const CLAIMS: readonly string[] = ['claim send', 'persist composition and claim send'];

/** Looks on while a run goes on, and says what may never happen. */
export class Judge {
  readonly violations: string[] = [];
  /**
   * Calls of the model that were answered, and so paid for, by worker; emptied when their words are frozen or shown to
   * a person.
   */
  private readonly paid = new Map<string, Process>();
  readonly optOuts = new Map<string, number>();
  /** Records that the reconciler had to look after. */
  pushes = 0;
  private now = (): number => START;

  constructor(
    private readonly find: (conversationId: string) => Conversation | undefined,
    private readonly isGuarded: (conversationId: string) => boolean,
    /** Milliseconds that a worker lives at most: so old may be what it has read. */
    private readonly workersLife: number,
    private readonly isOpenedTooMany: () => boolean,
  ) {}

  useClock(now: () => number): void {
    this.now = now;
  }

  created = (conversation: Conversation): void => {
    if (this.isOpenedTooMany()) this.blame('more conversations are open than may be at once');
    if (!this.isGuarded(conversation.conversation_id)) {
      this.blame('a conversation was made that its identifier does not lead to');
    }
  };

  changed = (before: Conversation, after: Conversation, change: Change, process: Process): void => {
    const blame = (words: string) => this.blame(`${change.name}: ${words}`);
    const { conversation_status: from } = before;
    const { conversation_status: to } = after;
    if (!LEAVES_STATE.includes(change.name) && !WAYS[from]?.includes(to)) blame(`${from} may not become ${to}`);
    if (before.composition && before.composition !== after.composition && change.name !== 'approve') {
      blame('frozen words were changed');
    }
    if (change.name.startsWith('resolve') && from !== 'send_unconfirmed') {
      blame('a message was resolved that no doubt was about');
    }
    if (
      from === 'send_unconfirmed' &&
      to === 'composed' &&
      (change.name !== 'resolve to resend' || !after.history.at(-1)?.by)
    ) {
      blame('nobody said that it is to be sent again');
    }
    if (change.name === 'resolve as sent' && !after.history.at(-1)?.by) blame('nobody tells who found it');
    if (from === 'awaiting_review' && (to === 'composed' || to === 'initiated' || to === 'rejected')) {
      this.judgeDecision(before, after, blame);
    }
    if (to === 'awaiting_review') this.judgeHold(before, after, blame);
    const isReleased = (to === 'composed' && from !== 'composed') || (to === 'sending' && from === 'processing');
    if (isReleased) this.judgeWords(after, blame);
    if (after.history.length < before.history.length) blame('the history was cut');
    if (after.attempt_count < 0 || after.attempt_count > ATTEMPTS) blame(`${after.attempt_count} attempts`);
    if (
      before.delivery_status &&
      (!after.delivery_status ||
        deliveryRank(after.delivery_status, after.channel_method) <
          deliveryRank(before.delivery_status, after.channel_method))
    ) {
      blame('the delivery went back');
    }
    if (
      (change.name === 'take lease' || CLAIMS.includes(change.name)) &&
      before.retry_at &&
      Date.parse(before.retry_at) > this.now()
    ) {
      blame('the message did not wait');
    }
    if (change.name === 'take lease' && from === 'processing' && Date.parse(before.lease_until ?? '') > this.now()) {
      blame('a lease was taken that still ran');
    }
    if (change.name === 'expire send window' && Date.parse(before.send_deadline ?? '') > this.now()) {
      blame('a send was given up before its deadline');
    }
    if (
      (change.name === 'expire' || change.name.startsWith('expire held')) &&
      Date.parse(before.send_before) > this.now()
    ) {
      blame('a message expired before its time');
    }
    if (CLAIMS.includes(change.name)) this.judgeClaim(before, blame);
    if (change.name === 'cancel') this.forgetPaid(after);
    if (CLAIMS.includes(change.name) && before.reminder_of !== undefined) this.judgeReminder(before, blame);
    if (change.name === 'let reminder go' && (before.inbound_ids || before.answers)) {
      blame('a reminder was let go after its recipient had written');
    }
    if (isReleased || to === 'awaiting_review') this.paid.delete(`${process.name} ${after.conversation_id}`);
  };

  /** The model answered: by whom, and does it still hold the record? */
  modelPaid(conversationId: string, process: Process): void {
    const record = this.find(conversationId);
    // A worker that outlives its lease may come too late to know.
    if (record?.composition && !process.struck) this.blame('the model was paid for words that are frozen');
    // Nobody keeps what was composed while its client cancelled it.
    if (record?.conversation_status === 'cancelled') return;
    const lease = `${process.name} ${conversationId}`;
    this.paid.set(lease, process);
  }

  private forgetPaid({ conversation_id: id }: Conversation): void {
    for (const lease of this.paid.keys()) if (lease.endsWith(` ${id}`)) this.paid.delete(lease);
  }

  /** The worker calls the vendor now. */
  sendBegins(conversationId: string, attemptId: string): void {
    const record = this.find(conversationId);
    const mine = record?.attempt_id === attemptId && record.conversation_status === 'sending';
    if (mine && this.now() > Date.parse(record.send_deadline ?? '') - TIMES.vendorTimeout) {
      this.blame('a send began too late to end before its deadline');
    }
  }

  end(run: {
    readonly plan: Plan;
    readonly records: readonly Conversation[];
    readonly answered: ReadonlySet<string>;
    readonly accepted: readonly AcceptedMessage[];
    readonly silentLookups: number;
    readonly handedOff: ReadonlySet<string>;
    readonly decided: ReadonlyMap<string, 'approved' | 'rejected'>;
    readonly resolved: ReadonlyMap<string, 'sent' | 'resend'>;
    readonly cancelled: ReadonlySet<string>;
    readonly refusedAsOptedOut: ReadonlySet<string>;
    readonly losses: number;
    readonly usage: { readonly open: ReadonlyMap<string, string>; readonly committed: ReadonlyMap<number, number> };
    readonly queueLeft: number;
    readonly queueBodies: readonly string[];
    readonly addresses: readonly string[];
  }): void {
    for (const id of run.answered) if (!this.find(id)) this.blame('an accepted request has no record');
    if (run.queueLeft > 0) this.blame(`${run.queueLeft} messages were left in the queue`);
    if (run.queueBodies.some((body) => run.addresses.some((address) => body.includes(address)))) {
      this.blame('a queue body names a recipient');
    }
    if (run.plan.faults.length === 0 && !run.plan.asks && this.pushes > 0) {
      this.blame('without a fault the reconciler had to look after a message');
    }
    for (const process of this.paid.values()) {
      if (!process.struck) this.blame('the model was paid for words that nobody kept, and no fault explains it');
    }
    for (const record of run.records) this.judgeEnd(record, run);
    const reminded = run.records.flatMap(({ reminder_of: original }) => original ?? []);
    if (new Set(reminded).size < reminded.length) this.blame('a conversation was reminded of twice');
    this.judgeUsage(run);
  }

  /**
   * Counters and records agree once all is at rest. A call that failed, or a process that ended between two writes, may
   * leave an entry, which errs to the safe side and runs out.
   */
  private judgeUsage({ plan, records, accepted, losses, usage }: Parameters<Judge['end']>[0]): void {
    const counted = records.filter(({ usage_entry: entry }) => entry !== undefined);
    const costs = (as: (record: Conversation) => Conversation) =>
      counted.reduce((sum, record) => sum + (record.usage_prices ? costOf(record.usage_prices, as(record)) : 0), 0);
    const cost = costs((record) => asCounted(record, accepted));
    const committed = [...usage.committed.values()].reduce((sum, part) => sum + part, 0);
    if (committed < cost) this.blame('more was spent than the budget knows of');
    if (losses > 0 || plan.outlives) return;
    if (usage.open.size > 0) this.blame('a conversation at rest is counted as open');
    if (committed > costs(asSettled) && !counted.some(wasSentAgain)) this.blame('the budget knows of more than was spent');
  }

  blame(words: string): void {
    if (!this.violations.includes(words)) this.violations.push(words);
  }

  /** A decision names who took it, and is one about the very wait that it ends. */
  private judgeDecision(before: Conversation, after: Conversation, blame: (words: string) => void): void {
    const { review, history } = after;
    if (
      !review?.reviewer ||
      Date.parse(review.at) > this.now() ||
      Date.parse(review.at) < Date.parse(before.due_at ?? '')
    ) {
      blame('nobody tells who decided, or when');
    }
    if (history.at(-1)?.by !== review?.reviewer) blame('the history does not tell who decided');
  }

  private judgeHold(before: Conversation, after: Conversation, blame: (words: string) => void): void {
    const seen = before.review?.decision === 'approved' && before.review.held_for === 'review_requested';
    if (seen && after.failure_reason === 'review_requested') {
      blame('what a person let go was held again for the same flag');
    }
  }

  private judgeWords({ composition }: Conversation, blame: (words: string) => void): void {
    if (!composition || /\{\{|evil/.test(composition.filled.text)) blame('words were released that nobody proved');
  }

  /** The conversation that it reminds of let it go a moment ago: it had no reply then. */
  private judgeReminder({ reminder_of: original = '' }: Conversation, blame: (words: string) => void): void {
    const { reminded_at: at } = this.find(original) ?? {};
    if (at === undefined || this.now() > Date.parse(at) + this.workersLife) blame('a reminder left that nobody let go');
  }

  private judgeClaim(before: Conversation, blame: (words: string) => void): void {
    const optedOut = this.optOuts.get(before.primary_channel);
    if (optedOut !== undefined && this.now() > optedOut + this.workersLife) {
      blame('a send was claimed after the recipient had said stop');
    }
    if (before.send_at !== undefined && this.now() < Date.parse(before.send_at)) {
      blame('a send was claimed before its client wants it');
    }
    // A claim may be on its way as long as a call takes; its worker's clock was read before.
    if (this.now() > Date.parse(before.send_before) + this.workersLife) {
      blame('a send was claimed after the message had expired');
    }
  }

  private judgeEnd(record: Conversation, run: Parameters<Judge['end']>[0]): void {
    const { conversation_status: status } = record;
    const blame = (words: string) => this.blame(`a message ended ${status}: ${words}`);
    const accepted = run.accepted.filter(({ conversationId }) => conversationId === record.conversation_id);
    const terminal = TERMINAL_STATUSES.some((each) => each === status);
    if (!terminal) blame('it was left there');
    if (terminal && record.attention !== undefined) blame('it still draws attention');
    if (status !== 'initial_message_sent' && !record.failure_reason) blame('without a reason');
    if (accepted.length > 1) blame(`the vendor accepted it ${accepted.length} times`);
    const decided = run.decided.get(record.conversation_id);
    if (decided === 'rejected' && status !== 'rejected') blame('a person had rejected it');
    if (decided === 'approved' && (waitedInVain(record) || status === 'rejected')) blame('a person had let it go');
    if (waitedInVain(record) && !run.handedOff.has(record.conversation_id)) blame('no person was told');
    this.judgeWishes(record, accepted, run, blame);
    const resolved = run.resolved.get(record.conversation_id);
    if (resolved === 'sent' && status !== 'initial_message_sent') blame('a person had found it at the vendor');
    if (resolved === 'resend' && status === 'expired' && !wasTriedAgain(record)) {
      blame('a person had it sent again, and it was never tried');
    }
    if (
      run.refusedAsOptedOut.has(record.conversation_id) &&
      status === 'suppressed' &&
      !this.optOuts.has(record.primary_channel)
    ) {
      blame('the opt-out was lost');
    }
    if (status === 'initial_message_sent') {
      this.judgeSent(record, accepted[0], blame);
    } else if (accepted.length > 0 && !(status === 'send_unconfirmed' && this.cannotBeTold(record, run))) {
      blame('the vendor accepted it');
    }
  }

  /** What its client was told holds: cancelled, not before its moment and not long after it, a test. */
  private judgeWishes(
    record: Conversation,
    accepted: readonly AcceptedMessage[],
    { cancelled, plan }: Parameters<Judge['end']>[0],
    blame: (words: string) => void,
  ): void {
    const isCancelled = record.conversation_status === 'cancelled';
    if (cancelled.has(record.conversation_id) && !isCancelled) blame('its client was told that it is cancelled');
    if (isCancelled && accepted.length > 0) blame('a cancelled message left');
    if (plan.clients.isTest && accepted.length > 0) blame('a test reached the vendor');
    const taken = record.history.find(({ status }) => status === 'processing');
    const wanted = Math.max(Date.parse(record.send_at ?? ''), Date.parse(record.created_at));
    if (plan.faults.length === 0 && taken && Date.parse(taken.at) > wanted + LATE) blame('it was taken late');
  }

  private judgeSent(record: Conversation, accepted: AcceptedMessage | undefined, blame: (words: string) => void): void {
    if (isTestMessage(record)) {
      if (record.vendor_message_id !== testMessageId(record.attempt_id ?? '')) blame('with an identifier of no test');
    } else if (!accepted) {
      blame('the vendor never accepted it');
    } else if (record.vendor_message_id !== accepted.id) {
      blame(`with ${String(record.vendor_message_id)}, the vendor's is ${accepted.id}`);
    }
  }

  /** No list of the vendor tells: it has none, it was silent, it shows other words, or a twin hides it. */
  private cannotBeTold(record: Conversation, run: Parameters<Judge['end']>[0]): boolean {
    const hasTwin = run.records.some((other) => other !== record && other.primary_channel === record.primary_channel);
    const { channel, listsOtherWords } = run.plan;
    return channel === 'email' || listsOtherWords || run.silentLookups > 0 || hasTwin;
  }
}

/** A person found that the vendor never had the message, and had it sent again. */
export function wasSentAgain({ history }: Pick<Conversation, 'history'>): boolean {
  return resendOf(history) !== -1;
}

function wasTriedAgain({ history }: Conversation): boolean {
  return history.slice(resendOf(history)).some(({ status }) => status === 'sending');
}

/** The place in the history at which a person last had it sent again; -1 if nobody did. */
function resendOf(history: Conversation['history']): number {
  return history.findLastIndex(
    ({ status, by }, index) =>
      status === 'composed' && by !== undefined && history[index - 1]?.status === 'send_unconfirmed',
  );
}

/**
 * The record as it may have been when it was settled: in doubt, the sends that an operator may still order count. A
 * receipt may have settled it before the worker that was in doubt.
 */
function asSettled(record: Conversation): Conversation {
  const passed = (status: ConversationStatus) => record.history.some((entry) => entry.status === status);
  const isOver = passed('send_unknown') && record.composition?.resend_on_unknown !== true;
  return isOver || passed('send_unconfirmed') ? { ...record, conversation_status: 'send_unconfirmed' } : record;
}

/**
 * The record as its cost is reckoned. It was settled when nobody knew whether the send went; what a person then has
 * sent again costs what the vendor
 * took, which is no more than was counted for the send that it never had.
 */
function asCounted(record: Conversation, accepted: readonly AcceptedMessage[]): Conversation {
  if (!wasSentAgain(record)) return record;
  const went = accepted.some(({ conversationId }) => conversationId === record.conversation_id);
  return { ...record, attempt_count: went ? 1 : 0, conversation_status: went ? 'initial_message_sent' : 'expired' };
}

/** Nobody decided, though there was time for whoever tells people to be started again after a crash. */
function waitedInVain({ history }: Conversation): boolean {
  const [last, before] = [history.at(-1), history.at(-2)];
  return (
    last?.status === 'expired' &&
    before?.status === 'awaiting_review' &&
    Date.parse(last.at) - Date.parse(before.at) > TOLD_WITHIN
  );
}
