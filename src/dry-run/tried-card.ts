import type { ReplyCard } from '../core/lifecycle/reply-card';
import type { Answering } from '../conversation/answering';
import { proveCard } from '../proof/prove-card';
import type { TriedReply } from './tried-reply';

/** A decided card with its words, and what proved each of its values. */
export function cardOf(chosen: ReplyCard, answering: Answering): Pick<TriedReply, 'card' | 'says'> {
  const { channel } = answering.channelSettings.content;
  const card = answering.cards.find(({ card_id: id }) => id === chosen.card_id);
  const result = card && proveCard({ ...answering, card, chosen, channel });
  if (result?.outcome !== 'proved') throw new Error('A card was decided that is not proved: look at chooseCard().');
  const { values, verdicts, filled } = result;
  const { card_id, version, language } = chosen;
  return {
    card: {
      card_id, version, language,
      values: Object.entries(values).map(([name, value]) => ({ name, value, verdict: verdicts[name] ?? 'proved' })),
    },
    says: filled.text,
  };
}
