import { parseAssistant } from '../../../src/core/company/assistant';
import { parseProject } from '../../../src/core/company/company';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { InboundMessage } from '../../../src/core/ports/receipt';
import { readWish } from '../../../src/receipts/read-wish';
import type { Triage } from '../../../src/receipts/triage';
import { triage } from '../../../src/receipts/triage';
import { companyOf } from './case-records';
import type { Scenario, Turn } from './reply-cases';

/** What is decided of a message without a model. */
export function beforeModel(
  scenario: Scenario,
  turn: Turn,
  conversations: readonly Conversation[],
  { text, index }: { readonly text: string; readonly index: number },
): Triage | 'stop' {
  const inbound: InboundMessage = {
    from: '+447700900123', to: '+447700900002', text, attachments: turn.attachments ?? 0,
    vendorMessageId: `SM-${index + 1}`,
    ...(turn.button === undefined ? {} : { button: { payload: turn.button, text } }),
  };
  const wish = readWish(inbound, scenario.language);
  if (wish === 'stop') return 'stop';
  const [conversation] = conversations;
  if (!conversation) throw new Error(`The scenario ${scenario.scenario} asks nothing.`);
  const company = companyOf(scenario);
  const assistant = parseAssistant(company);
  return triage({
    inbound, wish, conversation, project: parseProject(company), expects: true, isOwnSender: false,
    neverAnswered: turn.automatic ? 'automatic' : undefined,
    cards: assistant.valid ? assistant.value?.cards ?? [] : [],
  });
}
