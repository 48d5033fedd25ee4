import type { Silence, Thread, Understanding } from '../core/lifecycle/thread-record';
import { isAnsweredByPerson } from '../core/lifecycle/thread-record';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import { findConversationById } from '../core/lifecycle/find-conversation';
import { forgetAnswer } from '../core/lifecycle/takeover-transitions';
import { TURN_LIMITS } from '../core/lifecycle/thread-limits';
import { claimTurn, finishTurn, keepUnderstanding, releaseTurn, stopThreadChecks } from '../core/lifecycle/thread-transitions';
import { timestamp } from '../core/ports/clock';
import type { ThreadLine } from '../core/ports/threads';
import { answerWordless } from './answer-wordless';
import { applyUnderstanding } from './apply-understanding';
import type { Burst } from './burst';
import { gatherBurst, lengthOf } from './burst';
import { answeringFor } from './answering';
import { expectsAnswers, loadConversations } from './load-conversations';
import { sayParting } from './say-parting';
import type { ReadBurst, TurnOutcome, TurnPorts } from './turn-ports';
import { unlistedAnswers } from './unlisted-answers';
import type { Reading, Understood } from './understand';
import { understand } from './understand';

const DONE: TurnOutcome = { outcome: 'done' };
/** Seconds by which a queue message may come before its burst is due; a longer wait has a queue message of its own. */
const EARLY = 2;
/** Seconds until a burst is tried again whose thread another worker has. */
const HELD = 5;
/** Milliseconds until the model is asked again that did not answer. */
const MODEL_PAUSE = 15_000;

/**
 * Reads what a recipient wrote in one burst, once it is over, and keeps the answers that it gives. Every step is one
 * conditional write, so that any number of workers may call this for the same thread, and each may die anywhere: what
 * was understood is written before it is applied, and is then applied by whoever comes next.
 */
export async function takeTurn(threadId: string, ports: TurnPorts): Promise<TurnOutcome> {
  const { clock, newIdentifier, threads } = ports;
  let found = await threads.find(threadId);
  if (found?.parting) await sayParting(threadId, found, ports);
  const owner = newIdentifier();
  while (found) {
    if (found.understanding) return conclude(threadId, found, found.understanding, ports);
    const wait = untilDue(found, clock.now());
    if (wait) return wait;
    const { applied, thread } = await threads.change(threadId, claimTurn({ seen: found, owner, now: clock.now() }));
    if (applied) return readAndKeep(threadId, thread, owner, ports);
    if (thread && isTaken(thread, clock.now())) return { outcome: 'retry', afterSeconds: HELD };
    // A message went out, or came in, at that moment: the thread is claimed as it is by now.
    found = thread;
  }
  return DONE;
}

async function readAndKeep(threadId: string, seen: Thread, owner: string, ports: TurnPorts): Promise<TurnOutcome> {
  const thread = await forgetUnmade(threadId, seen, ports);
  const reading = await loadBurst(threadId, thread, ports);
  const { burst, answering } = reading;
  const newest = burst.messages.at(-1) ?? burst.wordless.at(-1);
  if (!newest || (burst.messages.length > 0 && burst.expected.length === 0 && !answering)) {
    return finish(threadId, thread, { until: thread.sequence, read: positions(burst) }, ports);
  }

  const understood = await readBurst(threadId, reading, ports);
  if (understood.outcome === 'model_away') return waitForModel(threadId, thread, { owner, newest, reading }, ports);
  return keep(threadId, thread, owner, {
    understanding: understandingOf(reading, newest, understood, ports.clock.now()), counted: understood.counted,
  }, ports);
}

/**
 * A person's words count as an answer before they are made: a crash came between the two, and the thread was given back
 * without them.
 */
async function forgetUnmade(threadId: string, thread: Thread, ports: TurnPorts): Promise<Thread> {
  const { answered_with: words } = thread;
  if (words === undefined || !isAnsweredByPerson(thread, thread.sequence)) return thread;
  if (thread.owner !== 'engine' || (await findConversationById(words, ports))) return thread;
  return (await ports.threads.change(threadId, forgetAnswer(words))).thread ?? thread;
}

/** Whether another worker has the turn. */
function isTaken({ turn_until: until }: Thread, now: number): boolean {
  return until !== undefined && Date.parse(until) > now;
}

/** What was written and is not read yet, and by which cards the engine may answer it. */
async function loadBurst(threadId: string, thread: Thread, ports: TurnPorts): Promise<Reading> {
  const { messages: most } = CHANNEL_DEFINITIONS[thread.channel_method].readAtOnce;
  const lines = await ports.threads.newest(threadId, 2 * most + 1);
  const expecting = (await loadConversations(thread.expecting ?? [], ports)).filter(expectsAnswers);
  const burst = gatherBurst(thread, lines, expecting.map(({ conversation }) => conversation));
  const id = (burst.messages.at(-1) ?? burst.wordless.at(-1))?.conversation;
  const known = expecting.find(({ conversation }) => conversation.conversation_id === id);
  const [about] = known ? [known] : await loadConversations(id === undefined ? [] : [id], ports);
  // A person who has the thread answers it.
  const answering = about && thread.owner === 'engine' ? answeringFor(about, ports.clock.now()) : undefined;
  const unlisted = answering ? await unlistedAnswers(threadId, thread, lines, ports) : [];
  return {
    burst: { ...burst, earlier: [...burst.earlier, ...unlisted] },
    expecting, payer: answering ? about : known ?? expecting.at(-1), answering,
  };
}

/** Undefined where the burst is due: its quiet time is over, and something of it is not handled. */
function untilDue({ answer_due_at: due }: Thread, now: number): TurnOutcome | undefined {
  if (due === undefined) return DONE;
  const seconds = Math.ceil((Date.parse(due) - now) / 1000);
  if (seconds <= 0) return undefined;
  return seconds <= EARLY ? { outcome: 'retry', afterSeconds: seconds } : DONE;
}

/** What is too much to be read goes to a person unread. */
async function readBurst(threadId: string, reading: Reading, ports: TurnPorts): Promise<Understood> {
  const { thread, messages } = reading.burst;
  const { messages: most, characters } = CHANNEL_DEFINITIONS[thread.channel_method].readAtOnce;
  const isTooMuch = messages.length > most || lengthOf(reading.burst) > characters;
  const isTooOften = (thread.understandings ?? 0) > TURN_LIMITS.understandingsPerDay;
  if (isTooMuch || isTooOften) return { outcome: 'read', answers: {}, hand_off: 'limit' };
  return messages.length === 0 ? answerWordless(reading, ports.clock.now()) : understand(threadId, reading, ports);
}

function understandingOf(
  { burst, answering }: Reading,
  newest: ThreadLine,
  { outcome: _read, counted: _counted, ...read }: ReadBurst,
  now: number,
): Understanding {
  return {
    until: burst.thread.sequence, read: positions(burst), at: timestamp(now), about: newest.conversation, ...read,
    ...(answering ? { is_assisted: true } : {}),
  };
}

async function keep(
  threadId: string,
  thread: Thread,
  owner: string,
  read: { readonly understanding: Understanding; readonly counted?: Partial<Thread> | undefined },
  ports: TurnPorts,
): Promise<TurnOutcome> {
  let { understanding } = read;
  let kept = await ports.threads.change(threadId, keepUnderstanding({ owner, ...read }));
  if (!kept.applied && kept.thread?.turn_owner === owner && understanding.reply) {
    const silence = whyNotSaid(kept.thread, understanding.until, understanding.reply.epoch);
    if (!silence) return readAgain(threadId, kept.thread, owner, ports);
    understanding = { ...understanding, reply: undefined, silence };
    kept = await ports.threads.change(threadId, keepUnderstanding({ owner, understanding }));
  }
  // Another worker has the turn by now, or what it quotes was erased.
  if (!kept.applied) return kept.thread ? { outcome: 'retry', afterSeconds: HELD } : DONE;
  ports.observer.info('a burst was read', {
    thread: threadId,
    channel: thread.channel_method,
    answers: Object.values(understanding.answers).reduce((sum, named) => sum + Object.keys(named).length, 0),
    hand_off: understanding.hand_off ?? 'none',
    card: understanding.reply?.card_id ?? 'none',
    silence: understanding.silence ?? 'none',
  });
  return conclude(threadId, kept.thread, understanding, ports);
}

/** Why what the engine would answer to the burst up to this position is not said: the thread went on meanwhile. */
function whyNotSaid(thread: Thread, until: number, epoch: number): Silence | undefined {
  if (thread.owner !== 'engine') return 'person_has_thread';
  if (isAnsweredByPerson(thread, until)) return 'person_answered';
  return thread.epoch === epoch ? 'newer_message' : undefined;
}

/**
 * A person had the thread while the model thought, and gave it back unanswered: what is said is decided anew, with what
 * came since, once that is due.
 */
async function readAgain(threadId: string, seen: Thread, owner: string, ports: TurnPorts): Promise<TurnOutcome> {
  const now = ports.clock.now();
  const retryAt = Math.max(now, Date.parse(seen.answer_due_at ?? timestamp(now)));
  await ports.threads.change(threadId, releaseTurn({ seen, owner, now, retryAt, isAway: false }));
  return { outcome: 'retry', afterSeconds: Math.max(1, Math.ceil((retryAt - now) / 1000)) };
}

async function conclude(
  threadId: string,
  thread: Thread,
  understanding: Understanding,
  ports: TurnPorts,
): Promise<TurnOutcome> {
  const after = await applyUnderstanding(threadId, thread, understanding, ports);
  // Its own late messages may be what it gave way to.
  const read = understanding.silence === 'newer_message' ? [] : understanding.read;
  const { at, silence: reason, until: sequence } = understanding;
  const silence = reason && { at, reason, sequence };
  return finish(threadId, thread, { ...understanding, read, silence, ...after }, ports);
}

/** Other writes may come between: the thread is read again until this one applies, or the burst was handled. */
async function finish(
  threadId: string,
  thread: Thread,
  done: Omit<Parameters<typeof finishTurn>[0], 'seen'>,
  ports: TurnPorts,
): Promise<TurnOutcome> {
  let seen: Thread | undefined = thread;
  const { until, read, entry, parting, silence } = done;
  while (seen && seen.handled_until <= until) {
    // A slow worker's turn was finished by another one, and a newer turn has the thread.
    if (seen.turn_owner !== undefined && seen.turn_owner !== thread.turn_owner) return DONE;
    const isHandled = seen.handled_until === until && !seen.turn_owner && !seen.understanding;
    const change = isHandled ? stopThreadChecks({ seen }) : finishTurn({ seen, until, read, entry, parting, silence });
    const isIdle = seen.answer_due_at === undefined && !seen.parting;
    if (isHandled && (seen.attention === undefined || !isIdle)) return DONE;
    const result = await ports.threads.change(threadId, change);
    if (result.applied) {
      await sayParting(threadId, result.thread, ports);
      return DONE;
    }
    seen = result.thread;
  }
  return DONE;
}

/** The burst waits for the model for two minutes; then a person sees it. */
async function waitForModel(
  threadId: string,
  thread: Thread,
  { owner, newest, reading }: { readonly owner: string; readonly newest: ThreadLine; readonly reading: Reading },
  ports: TurnPorts,
): Promise<TurnOutcome> {
  const now = ports.clock.now();
  const { model_away_since: since } = thread;
  if (since !== undefined && now - Date.parse(since) >= TURN_LIMITS.modelAway) {
    const handedOff = { outcome: 'read', answers: {}, hand_off: 'model_unavailable' } as const;
    return keep(threadId, thread, owner, { understanding: understandingOf(reading, newest, handedOff, now) }, ports);
  }
  const retryAt = now + MODEL_PAUSE;
  await ports.threads.change(threadId, releaseTurn({ seen: thread, owner, now, retryAt, isAway: true }));
  return { outcome: 'retry', afterSeconds: Math.ceil(MODEL_PAUSE / 1000) };
}

function positions({ messages, wordless }: Burst): readonly number[] {
  return [...messages, ...wordless].map(({ sequence }) => sequence);
}
