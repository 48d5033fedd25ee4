import type { ReplyBurst } from '../core/channels/channel-definition';
import type { AnswerCard } from '../core/company/answer-card';
import type { Checked } from '../core/company/check-schema';
import type { Project } from '../core/company/company';
import { replyBurstOf } from '../core/company/reply-settings';
import type { ProvedAnswer } from '../core/lifecycle/answer-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import { isTold } from '../core/lifecycle/parting-words';
import type { InboundMessage, NeverAnswered } from '../core/ports/receipt';
import type { Reply, UnreadReason } from '../core/ports/threads';
import { hasInstructions } from '../proof/instructions-in-text';
import { answerByButton } from './answer-by-button';
import type { Wish } from './read-wish';
import { handsOverReply } from './reply-rule';

/** What becomes of a message before any model. */
export interface Triage {
  /** Why no model reads it; absent where one does, once the burst is over. */
  readonly unread?: UnreadReason | undefined;
  /** Why a person is to see it. */
  readonly handOff?: ReplyHandOff | undefined;
  /** The answer that a button gave, by its name. */
  readonly answer?: readonly [string, Pick<ProvedAnswer, 'value' | 'quote'>] | undefined;
  readonly burst?: ReplyBurst | undefined;
  /** The card that answers it without a model. */
  readonly card?: string | undefined;
  /** The recipient is told that a person goes on. */
  readonly isTold?: boolean;
}

export interface TriageOrder {
  readonly inbound: InboundMessage;
  readonly wish: Wish | undefined;
  readonly neverAnswered: NeverAnswered | undefined;
  readonly conversation: Conversation;
  readonly project: Checked<Project>;
  /** Some conversation of the thread expects answers. */
  readonly expects: boolean;
  /** A company of this deployment sends as the writer. */
  readonly isOwnSender: boolean;
  /** Those of the project, where the engine has the thread and answers. */
  readonly cards?: readonly AnswerCard[];
}

type Before = Pick<Reply, 'unread' | 'card' | 'handOff'>;

/**
 * Decides in the fixed order of replies: whoever asks for a person reaches one, machines are answered by nobody, and
 * what no words are in goes to a person. A stop was heard before. What was decided when the message was kept holds,
 * whoever has its thread by now.
 */
export function triage(order: TriageOrder, before?: Before): Triage {
  const decided = before ? asBefore(before, order) : decide(order);
  const { handOff } = decided;
  return handOff !== undefined && answers(order.project) && isTold(handOff) ? { ...decided, isTold: true } : decided;
}

function asBefore({ unread, card, handOff }: Before, order: TriageOrder): Triage {
  const { button } = order.inbound;
  const isAnswer = button !== undefined && unread === 'button' && card === undefined;
  return {
    unread,
    card,
    handOff,
    answer: isAnswer ? answerByButton(button, order.conversation) : undefined,
    burst: unread === undefined || card !== undefined ? burstOf(order) : undefined,
  };
}

function burstOf({ project, conversation }: TriageOrder): ReplyBurst {
  return replyBurstOf(project.valid ? project.value : {}, conversation.channel_method);
}

function decide(order: TriageOrder): Triage {
  const { inbound, wish, neverAnswered, conversation, project, expects, isOwnSender } = order;
  const burst = burstOf(order);
  const listens = expects || (project.valid && project.value.replies !== undefined);
  const every = handsOverReply(project, conversation.primary_channel) ? 'reply_received' : undefined;
  if (wish === 'person') return { unread: 'asked_for_person', handOff: 'asked_for_person' };
  // The recipient may not have written it: no engine can judge that.
  if (neverAnswered !== undefined && neverAnswered !== 'automatic') return handedOff('sender_unproved');
  if (inbound.mail?.isCut) return handedOff('limit');
  if (!listens) return { unread: 'off', handOff: every };
  if (neverAnswered) return { unread: 'automatic' };
  if (isOwnSender) return { unread: 'own_sender' };
  const answer = inbound.button && answerByButton(inbound.button, conversation);
  if (answer) return { unread: 'button', answer, handOff: every };
  const card = cardFor(order);
  if (card !== undefined) return { unread: inbound.button ? 'button' : 'no_text', card, burst };
  if (inbound.isReaction || !/[\p{L}\p{N}]/u.test(inbound.text)) return handedOff('no_text');
  if (hasInstructions(inbound.text)) return handedOff('instructions');
  if (!expects && !answers(project)) return { unread: 'nothing_expected', handOff: every };
  return { handOff: every, burst };
}

/** What a company answers to a button, or to what has no words: no model is needed to see which it is. */
function cardFor({ inbound, conversation, cards = [] }: TriageOrder): string | undefined {
  const { button, isReaction, attachments, text } = inbound;
  const isWordless = !/[\p{L}\p{N}]/u.test(text);
  const wordless = isReaction ? 'reaction' : isWordless && attachments > 0 ? 'media' : undefined;
  const fits = ({ buttons = [], on = [] }: AnswerCard) => (
    (button !== undefined && buttons.includes(button.payload)) || (wordless !== undefined && on.includes(wordless))
  );
  return cards.find((card) => card.channels?.includes(conversation.channel_method) !== false && fits(card))?.card_id;
}

/** The project's cards answer. */
function answers(project: Checked<Project>): boolean {
  return project.valid && project.value.replies === 'answer';
}

function handedOff(reason: ReplyHandOff): Triage {
  return { unread: reason, handOff: reason };
}
