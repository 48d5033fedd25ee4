import type { AnswerCard } from '../../core/company/answer-card';
import { neededFacts } from '../../core/company/answer-card';
import type { Assistant } from '../../core/company/assistant';
import { currentKnowledge, parseAssistant } from '../../core/company/assistant';
import { readCompanySettings } from '../../core/company/company-settings';
import type { Project } from '../../core/company/company';
import { factAt, isMissing } from '../../core/contract/fact-path';
import type { Conversation } from '../../core/lifecycle/conversation';
import type { StoredRecord } from '../../core/ports/company-records';
import { planCard } from '../../proof/prove-card';

/** An approved card in one language, as a person may start an own answer from it. */
export interface OfferedCard {
  readonly card_id: string;
  readonly version: number;
  /** BCP 47. */
  readonly language: string;
  /** When the model is to choose it, as the company wrote it. */
  readonly when: string;
  /** Its words, with what is copied in its place; what the person has to fill in stands as `{{name}}`. */
  readonly text: string;
  readonly toFill: ReadonlyArray<{ readonly name: string; readonly description: string }>;
  /** Facts that it needs and that are not there: it would say something that is not known. */
  readonly missing: readonly string[];
}

interface Source {
  readonly conversation: Conversation;
  readonly company?: StoredRecord | undefined;
}

/** The approved cards of a conversation's project for its channel, those in the language of its template first. */
export function offeredCards({ conversation, company = {} }: Source, now: number): readonly OfferedCard[] {
  const settings = readCompanySettings(company, conversation.channel_method);
  const assistant = parseAssistant(company);
  if (!settings.complete || !assistant.valid || !assistant.value) return [];
  const { project, channelSettings } = settings;
  const source = { ...conversation, knowledge: currentKnowledge(assistant.value, now) };
  const context = { source, project, assistant: assistant.value };
  const usual = channelSettings.content.template.language;
  return assistant.value.cards
    .flatMap((card) => Object.keys(card.languages).flatMap((language) => offered(card, language, context)))
    .sort((one, other) => Number(other.language === usual) - Number(one.language === usual));
}

function offered(
  card: AnswerCard,
  language: string,
  { source, project, assistant }: {
    readonly source: Conversation & { readonly knowledge: ReturnType<typeof currentKnowledge> };
    readonly project: Project;
    readonly assistant: Assistant;
  },
): readonly OfferedCard[] {
  const plan = planCard({
    source, project, assistant, card, chosen: { language, values: {}, echoes: {} },
    channel: source.channel_method, subject: '',
  });
  if (!plan) return [];
  const { body, text } = plan.template.parts;
  const words = (body ?? text ?? []).map((segment) => (
    'literal' in segment ? segment.literal : plan.copies.get(segment.variable) ?? `{{${segment.variable}}}`
  ));
  return [{
    card_id: card.card_id,
    version: card.version,
    language,
    when: card.when,
    text: words.join(''),
    toFill: Object.entries(plan.variables).filter(([name]) => !plan.copies.has(name))
      .map(([name, { description }]) => ({ name, description })),
    missing: neededFacts(card).filter((path) => isMissing(factAt(plan.facts.sections, path))),
  }];
}
