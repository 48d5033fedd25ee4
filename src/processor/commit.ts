import type { Change } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ProvedWords } from '../core/lifecycle/message-transitions';
import { expireSendWindow } from '../core/lifecycle/send-transitions';
import { handOverUnsent } from '../core/lifecycle/hand-over-unsent';
import { isTestMessage } from '../core/lifecycle/test-message';
import { nextAction } from '../core/lifecycle/next-action';
import { playTest } from './play-test';
import type { ModelCalls } from './model-calls';
import type { ProcessingOutcome, Work } from './processing';
import { DONE, identify, retryAfter } from './processing';

/**
 * What this worker holds of the record, which decides by which transitions the message goes on. Each step that changes
 * the hold answers the new one. `conversation` is the record as the last transition left it.
 */
export type RecordHold = { readonly conversation: Conversation } &
  /** Under this worker's lease. */
  (
    | { readonly stage: 'processing'; readonly owner: string; readonly calls: ModelCalls }
    /** Under this worker's lease, with words that are proved and not written yet. */
    | { readonly stage: 'proved'; readonly words: ProvedWords }
    /** Held by no worker: the one that claims the send first has it. */
    | { readonly stage: 'composed' }
    | ({ readonly stage: 'sending' } & SendClaim)
  );

/** One claimed send. */
export interface SendClaim {
  readonly attemptId: string;
  /** No byte of it leaves after this moment (milliseconds since 1970). */
  readonly deadline: number;
}

export type HoldOf<Stage extends RecordHold['stage']> = Extract<RecordHold, { stage: Stage }>;

/** `found`: the record that did not pass; absent where there is none, or where the database could not be reached. */
export type Committed =
  | { readonly applied: true; readonly conversation: Conversation }
  | { readonly applied: false; readonly found: Conversation | undefined; readonly outcome: ProcessingOutcome };

/**
 * Writes the first of these transitions that applies. Where none does, another worker, a receipt or a person moved the
 * record, and the outcome defers to them. What becomes of a claimed send is written with repetitions, because it would
 * be lost with this worker.
 */
export async function commit(
  work: Work,
  hold: RecordHold,
  ...transitions: ReadonlyArray<(now: number) => Change>
): Promise<Committed> {
  const write = async () => {
    let found: Conversation | undefined;
    for (const transition of transitions) {
      const { applied, conversation } = await work.ports.conversations.change(
        work.key,
        transition(work.ports.clock.now()),
      );
      if (applied) return { applied, conversation };
      found = conversation;
    }
    return { applied: false, found } as const;
  };
  const written = hold.stage === 'sending' ? await repeatedly(work, write) : await write();
  // The record still says `sending`: after its deadline, any worker finds that the answer is lost.
  if (!written) return { applied: false, found: undefined, outcome: claimEnds(work, hold) };
  return written.applied ? written : { ...written, outcome: await deferToCurrentHolder(work, written.found) };
}

/** The queue message is received again once no byte of a claimed send can leave any more. */
function claimEnds(work: Work, hold: RecordHold): ProcessingOutcome {
  return retryAfter(work, hold.stage === 'sending' ? hold.deadline + 1 : work.ports.clock.now());
}

const TRIES = 6;
const FIRST_DELAY = 200;

/**
 * Tries a write again within the time that is left; undefined if each try failed. Conditions make every repetition
 * harmless.
 */
export async function repeatedly<Value>(work: Work, write: () => Promise<Value>): Promise<Value | undefined> {
  const { clock, observer, random } = work.ports;
  for (let count = 1; ; count += 1) {
    try {
      return await write();
    } catch (error) {
      const delay = Math.ceil(FIRST_DELAY * 2 ** (count - 1) * (1 + random()));
      if (count === TRIES || clock.now() + delay > work.finishBy) {
        observer.error('a write after the send failed, and so did its repetitions', error, {
          ...identify(work),
          tries: count,
        });
        return undefined;
      }
      await clock.sleep(delay);
    }
  }
}

/** Milliseconds that the current holder gets for its next step. */
const MOMENT = 1000;

/**
 * This worker stops, and does only what the record asks of anyone who finds it. The queue message is deleted only where
 * the record is terminal or others find it without a queue message, since this one may be the only one that is left.
 */
export async function deferToCurrentHolder(work: Work, found: Conversation | undefined): Promise<ProcessingOutcome> {
  if (!found) return DONE;
  const now = work.ports.clock.now();
  const action = nextAction(found, now);
  switch (action.next) {
    case 'none':
    case 'follow_up':
      return isTestMessage(found) ? playTest(work, found) : DONE;
    // Receipts and the reconciler find out what became of a send whose answer was lost.
    case 'resolve_unknown_send':
      return DONE;
    case 'take_up':
      return retryAfter(work, now + MOMENT);
    case 'wait_until':
      return retryAfter(work, Math.max(action.at, now + MOMENT));
    case 'send':
      return retryAfter(work, now);
    case 'hand_off':
      return handOff(work, found);
    case 'expire_send_window':
      return expireClaim(work, found);
  }
}

/**
 * Puts the message before a person. Repeatable: otherwise a crash between the record's transition and this call would
 * notify no one.
 */
export async function handOff(work: Work, conversation: Conversation): Promise<ProcessingOutcome> {
  await work.ports.handoff.handOff({
    conversationId: conversation.conversation_id,
    company: conversation.company_id,
    reason: conversation.hand_off_to_human_reason ?? 'review_requested',
  });
  return DONE;
}

async function expireClaim(work: Work, found: Conversation): Promise<ProcessingOutcome> {
  await handOverUnsent(work.ports, found, 'reply_not_sent');
  const { clock, conversations, observer } = work.ports;
  const now = clock.now();
  const { applied } = await conversations.change(work.key, expireSendWindow({ now }));
  // Where it did not apply, another worker has just recorded the answer.
  if (!applied) return retryAfter(work, now);
  observer.count('SendUnknown', { channel: work.settings.channel });
  observer.warn('a send was claimed and never answered', identify(work));
  return DONE;
}
