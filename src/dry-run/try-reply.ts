import type { Conversation } from '../core/lifecycle/conversation';
import { isTold } from '../core/lifecycle/parting-words';
import { parseAssistant } from '../core/company/assistant';
import { engineReplyLimits } from '../core/company/assistant-settings';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import type { ReadBurst } from '../conversation/turn-ports';
import type { Answering } from '../conversation/answering';
import { answeringFor } from '../conversation/answering';
import { answerWordless } from '../conversation/answer-wordless';
import type { Burst } from '../conversation/burst';
import { gatherBurst } from '../conversation/burst';
import { lastWords } from '../conversation/say-parting';
import { readWish } from '../receipts/read-wish';
import type { Triage } from '../receipts/triage';
import { triage } from '../receipts/triage';
import { NO_USAGE } from '../processor/composition/write-values';
import { askAboutReply } from './ask-about-reply';
import type { Asked, Reading, ReplyTrial, TrialPorts } from './reply-world';
import { freshThread, inboundOf, linesOf, sentConversation } from './reply-world';
import { cardOf } from './tried-card';
import type { ReplyNotTried, TriedReply } from './tried-reply';

type Found = Pick<TriedReply, 'outcome'> & Partial<TriedReply>;

/**
 * Says what the engine would do with a reply in a chat in which nothing was said before, by the very functions that
 * take it in and answer it. Nothing is sent or kept; the model is asked, and paid for, where the engine would ask it.
 */
export async function tryReply(trial: ReplyTrial, ports: TrialPorts): Promise<TriedReply | ReplyNotTried> {
  const conversation = sentConversation(trial);
  const answering = answeringFor({ conversation, company: trial.record, language: languageOf(trial) }, trial.now);
  const told = (found: Found): TriedReply => ({
    answers: [], usage: NO_USAGE, ...found,
    says: found.says ?? sentence(found, trial, answering),
    limits: answering && engineReplyLimits(answering.assistant.settings, conversation.channel_method),
  });
  const judged = trial.wrote.map((text, index) => judge(trial, conversation, { text, index }));
  const heard = judged.filter((one) => one !== 'stop');
  if (heard.length < judged.length) return told({ outcome: 'would_opt_out' });

  const handOff = heard.find((one) => one.handOff)?.handOff;
  if (heard.every(({ burst }) => !burst)) return told(withoutTurn(heard, handOff));
  const expecting = (conversation.expected_answers ?? []).length > 0 ? [conversation] : [];
  const lines = linesOf(trial, trial.wrote, heard, conversation);
  const burst = gatherBurst(freshThread(trial, lines.length), lines, expecting);
  // Who is handed over has a person, and no card answers beside one.
  const speaking = handOff === undefined ? answering : undefined;
  if (burst.messages.length > 0 && burst.expected.length === 0 && !speaking) return told(withoutTurn(heard, handOff));
  const read = await readBurst({ trial, burst, answering: speaking }, ports);
  if (!('read' in read)) return read;
  const { read: found, ...beside } = read;
  return told({ ...beside, ...outcomeOf(found, answering, handOff) });
}

function languageOf({ settings }: Asked): string {
  return settings.content.template.language;
}

/** What is decided of one text without a model. */
function judge(
  trial: ReplyTrial,
  conversation: Conversation,
  { text, index }: { readonly text: string; readonly index: number },
): Triage | 'stop' {
  const inbound = inboundOf(trial, text, index);
  const wish = readWish(inbound, languageOf(trial));
  if (wish === 'stop') return 'stop';
  const assistant = parseAssistant(trial.record);
  const { project } = trial;
  return triage({
    inbound, wish, conversation, project: { valid: true, value: project }, neverAnswered: undefined, isOwnSender: false,
    expects: (conversation.expected_answers ?? []).length > 0,
    cards: project.replies === 'answer' && assistant.valid ? assistant.value?.cards ?? [] : [],
  });
}

function withoutTurn(heard: readonly Triage[], handOff: ReplyHandOff | undefined): Found {
  return handOff === undefined
    ? { outcome: 'would_say_nothing', reason: heard.at(-1)?.unread ?? 'nothing_expected' }
    : { outcome: 'would_wait_for_a_person', reason: handOff };
}

async function readBurst(reading: Reading, ports: TrialPorts) {
  const { burst, answering, trial } = reading;
  if (burst.messages.length > 0) return askAboutReply(reading, ports);
  return { read: await wordless(burst, answering, trial.now), usage: NO_USAGE };
}

async function wordless(burst: Burst, answering: Answering | undefined, now: number): Promise<ReadBurst> {
  return answerWordless({ burst, answering, expecting: [], payer: undefined }, now);
}

function outcomeOf(
  { stop, hand_off: read, reply, silence, answers }: ReadBurst,
  answering: Answering | undefined,
  handOff: ReplyHandOff | undefined,
): Found {
  const reason = handOff ?? read;
  const kept = Object.values(answers).flatMap((named) => (
    Object.entries(named).map(([name, { value, quote }]) => ({ name, value, quote }))
  ));
  if (stop) return { outcome: 'would_opt_out', answers: kept };
  if (reason !== undefined) return { outcome: 'would_wait_for_a_person', reason, answers: kept };
  if (!reply || !answering) return { outcome: 'would_say_nothing', reason: silence ?? 'answers_kept', answers: kept };
  return { outcome: 'would_answer', answers: kept, ...cardOf(reply, answering) };
}

/** The company's sentence, where the engine would say it. */
function sentence({ outcome, reason }: Found, trial: ReplyTrial, answering: Answering | undefined): string | undefined {
  if (outcome !== 'would_wait_for_a_person' || !answering || !reason) return undefined;
  if (!isTold(reason as ReplyHandOff)) return undefined;
  return lastWords(answering.assistant.settings, {}, [languageOf(trial)], trial.now)?.words;
}
