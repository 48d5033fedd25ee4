import { currentKnowledge, parseAssistant } from '../core/company/assistant';
import type { CompositionSnapshot, Conversation } from '../core/lifecycle/conversation';
import { sha256 } from '../core/sha256';
import { proveCard } from '../proof/prove-card';
import type { CompleteSettings } from './check-step';
import type { Work } from './processing';

/** The words of a card that a turn chose, or why they may not go: names of variables and rules, never values. */
export type ComposedCard =
  | { readonly outcome: 'composed'; readonly composition: CompositionSnapshot }
  | { readonly outcome: 'unprovable'; readonly detail: string };

/**
 * Writes the card from the company's record and proves its values from the facts as they are now. No model is asked:
 * what a turn found provable is proved, and what has changed since does not go.
 */
export function composeCard(
  { company = {}, ports }: Pick<Work, 'company' | 'ports'>,
  { reply, ...conversation }: Conversation,
  { project, channelSettings }: CompleteSettings,
): ComposedCard {
  const chosen = reply?.card;
  const assistant = parseAssistant(company);
  if (!chosen || !assistant.valid || !assistant.value || project.replies !== 'answer') {
    return { outcome: 'unprovable', detail: 'card: the project does not answer any more' };
  }
  const { cards } = assistant.value;
  const card = cards.find(({ card_id: id, version }) => id === chosen.card_id && version === chosen.version);
  if (!card) return { outcome: 'unprovable', detail: 'card: it was changed or removed' };
  const result = proveCard({
    source: { ...conversation, knowledge: currentKnowledge(assistant.value, ports.clock.now()) },
    project,
    assistant: assistant.value,
    card,
    chosen,
    channel: channelSettings.content.channel,
    subject: reply.subject ?? '',
  });
  if (result.outcome === 'refused') return { outcome: 'unprovable', detail: result.detail };
  const { filled, values, verdicts, factsHash } = result;
  return {
    outcome: 'composed',
    composition: {
      filled,
      values,
      template_name: chosen.card_id,
      template_version: chosen.version,
      ...(chosen.model === undefined ? {} : { model: chosen.model }),
      instructions_version: sha256('').slice(0, 16),
      ...(chosen.prompt === undefined ? {} : { prompt: chosen.prompt }),
      facts_hash: factsHash,
      verdicts,
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    },
  };
}
