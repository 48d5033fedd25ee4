import { answerOf } from './answer-burst';
import { chooseCard } from './choose-card';
import type { ReadBurst } from './turn-ports';
import type { Reading } from './understand';

/** Answers a button, a picture or a reaction by the card that its company has for it. No model is asked. */
export async function answerWordless({ burst, answering }: Reading, now: number): Promise<ReadBurst> {
  const card = burst.wordless.at(-1)?.card;
  // Whoever had the thread or the card then has it no more.
  if (!answering?.cards.some(({ card_id: id }) => id === card)) {
    return { outcome: 'read', answers: {}, hand_off: 'no_text' };
  }
  const signals = {
    answers: {}, isStop: false, isStopUnclear: false, asks: 'none', unclear: 'no', card, values: {},
    language: answering.language,
  } as const;
  const chosen = await chooseCard(signals, { burst, answering, now }, async () => Promise.resolve(undefined));
  return answerOf(signals, chosen, { burst, answering, now }, {});
}
