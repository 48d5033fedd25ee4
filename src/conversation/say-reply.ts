import { validityOf } from '../core/company/template';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import { usefulUntil } from '../core/lifecycle/service-window';
import type { ReplyCard } from '../core/lifecycle/reply-card';
import type { TicketHolder } from '../core/lifecycle/ticket-holder';
import type { Thread, Understanding } from '../core/lifecycle/thread-record';
import { proveCard } from '../proof/prove-card';
import type { Answering } from './answering';
import { answeringFor } from './answering';
import { loadConversations } from './load-conversations';
import { makeReply } from './make-reply';
import type { TurnPorts } from './turn-ports';

/** Milliseconds in which an answer is of use: whoever waits longer gets a person. */
const REPLY_VALID = 30 * 60_000;
/** Lines among which the newest message of the recipient is looked for: mail programs file an answer beside it. */
const LOOKED_AT = 20;

export type Said =
  | { readonly outcome: 'said' }
  /** Nothing was said, and a person has to. */
  | { readonly outcome: 'not_said'; readonly reason: ReplyHandOff }
  /** The card is to be the engine's last word: the thread goes to a person with it. */
  | { readonly outcome: 'hands_over'; readonly reason: ReplyHandOff };

/** Makes the message of the card that a turn has decided on, as long as its words are still those that were proved. */
export async function sayCard(
  threadId: string,
  thread: Thread,
  { reply, about, until: sequence }: Understanding & { readonly reply: NonNullable<Understanding['reply']> },
  ports: TurnPorts,
): Promise<Said> {
  const { epoch, ...chosen } = reply;
  const proved = about === undefined ? undefined : await proveAgain(about, chosen, ports);
  if (!proved) return { outcome: 'not_said', reason: 'proof_failed' };
  if (proved.then === 'hand_off') return { outcome: 'hands_over', reason: 'card_hands_over' };
  const holder = { owner: 'engine', epoch, sequence } as const;
  return say(threadId, thread, { ...proved, chosen, holder, name: nameOf(threadId, sequence) }, ports);
}

/** One answer a burst: its name follows from thread and position. */
export function nameOf(threadId: string, sequence: number): string {
  return `engine-reply#${threadId}#${sequence}`;
}

interface ProvedCard {
  readonly answering: Answering;
  readonly words: string;
  readonly then: 'rest' | 'await' | 'hand_off';
}

/** Undefined where the card, its facts or the company's settings are others by now. */
export async function proveAgain(about: string, chosen: ReplyCard, ports: TurnPorts): Promise<ProvedCard | undefined> {
  const [loaded] = await loadConversations([about], ports);
  const answering = loaded && answeringFor(loaded, ports.clock.now());
  const card = answering?.cards.find(({ card_id: id, version }) => id === chosen.card_id && version === chosen.version);
  if (!answering || !card) return undefined;
  const { channel } = answering.channelSettings.content;
  const result = proveCard({ ...answering, card, chosen, channel });
  return result.outcome === 'proved' ? { answering, words: result.filled.text, then: card.then } : undefined;
}

/** Makes the message and queues it. It leaves by the thread's ticket, which knows whether it still may. */
export async function say(
  threadId: string,
  thread: Thread,
  { answering, words, chosen, holder, name, discloses }: {
    readonly answering: Answering;
    readonly words: string;
    /** The language in which the company's sentence says first who writes. */
    readonly discloses?: string | undefined;
    /** Absent: the words are the company's own sentence. */
    readonly chosen?: ReplyCard | undefined;
    readonly holder: TicketHolder;
    readonly name: string;
  },
  ports: TurnPorts,
): Promise<Said> {
  const { about, project, channelSettings, subject } = answering;
  const now = ports.clock.now();
  const sendBefore = Math.min(usefulUntil(thread.channel_method, thread, now), now + REPLY_VALID);
  if (sendBefore <= now) return { outcome: 'not_said', reason: 'window_closing' };
  const answered = (await ports.threads.newest(threadId, LOOKED_AT)).findLast(({ role }) => role === 'user');
  const made = await makeReply({
    about,
    origin: {
      ...holder, thread: threadId, in_reply_to: about.conversation_id, card: chosen, answers: answered?.vendorMessageId,
      subject: chosen && subject, discloses,
    },
    name,
    message: { kind: 'words', written: { project, channelSettings, words, subject } },
    sendBefore,
    now,
  }, ports);
  return made.outcome === 'limited' ? { outcome: 'not_said', reason: 'limit' } : { outcome: 'said' };
}

/**
 * Asks by the company's approved template whether the chat may go on: the channel takes no free words in it any more.
 * Nothing where the company has no such template: a person has the thread already.
 */
export async function askToReopen(
  threadId: string,
  { about, project, channelSettings: settings }: Answering,
  { epoch, sequence }: { readonly epoch: number; readonly sequence: number },
  ports: TurnPorts,
): Promise<void> {
  const { reopening: content } = settings;
  if (!content) return;
  const now = ports.clock.now();
  await makeReply({
    about,
    origin: {
      owner: 'person', epoch, sequence, thread: threadId, in_reply_to: about.conversation_id, reopens: true,
    },
    name: `reopen#${threadId}#${epoch}`,
    message: { kind: 'template', project, settings: { ...settings, content } },
    sendBefore: now + validityOf(content.template),
    now,
  }, ports);
}
