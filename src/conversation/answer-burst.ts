import { engineReplyLimits } from '../core/company/assistant-settings';
import { isAnswered } from '../core/lifecycle/answer-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import type { Understanding } from '../core/lifecycle/thread-record';
import { timestamp } from '../core/ports/clock';
import type { Answering } from './answering';
import type { Burst } from './burst';
import type { ChosenCard } from './choose-card';
import { countReply, decide } from './decide';
import { findLoopSigns } from './loop-signs';
import type { Signals } from './read-understanding';
import type { ReadBurst } from './turn-ports';

/** What the signals and the card come to, and what the thread counts for it. */
export function answerOf(
  signals: Signals,
  chosen: ChosenCard,
  { burst, answering, now }: { readonly burst: Burst; readonly answering: Answering; readonly now: number },
  by: { readonly model?: string; readonly prompt?: string },
): ReadBurst {
  const { thread, conversations } = burst;
  const { answers, language } = signals;
  if (signals.isStop) return { outcome: 'read', answers, stop: true, language };
  const changes = conversations.map((conversation) => changeOf(conversation, answers));
  const isNewAnswer = changes.some(({ isNew }) => isNew);
  const decision = decide({
    ...signals,
    thread,
    isNewAnswer,
    isOpen: changes.some(({ isOpen }) => isOpen),
    fit: chosen.fit,
    card: chosen.card,
    ...findLoopSigns([...burst.earlier, ...burst.messages].sort((one, other) => one.sequence - other.sequence), now),
    limits: engineReplyLimits(answering.assistant.settings, thread.channel_method),
    now,
  });
  const read = { outcome: 'read', answers, language } as const;
  switch (decision.kind) {
    case 'hand_off':
      return { ...read, hand_off: decision.reason };
    case 'silence':
      return { ...read, silence: decision.reason };
    case 'card': {
      if (chosen.fit !== 'proved') throw new Error('A card was decided that is not proved: look at the rules of decide().');
      const after = answering.cards.find(({ card_id: id }) => id === chosen.card)?.then;
      const counted = countReply(thread, { card: chosen.card, after, at: timestamp(now), isNewAnswer });
      return { ...read, reply: { ...chosen.reply, ...by, epoch: thread.epoch }, counted };
    }
  }
}

function changeOf(conversation: Conversation, answers: Understanding['answers']) {
  const { conversation_id: id, answers: known = {}, expected_answers: expected = [] } = conversation;
  const given = Object.hasOwn(answers, id) ? answers[id] ?? {} : {};
  const isNew = Object.entries(given).some(([name, { value }]) => (
    !Object.hasOwn(known, name) || JSON.stringify(known[name]?.value) !== JSON.stringify(value)
  ));
  const all = Object.fromEntries(Object.keys({ ...known, ...given }).map((name) => [name, KEPT]));
  return { isNew, isOpen: expected.length > 0 && !isAnswered({ expected_answers: expected, answers: all }) };
}

/** Stands for an answer of which only that it is there counts. */
const KEPT = { value: '', quote: '', message_id: '', at: '', version: 1 } as const;
