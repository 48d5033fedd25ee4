import { filledFreeText } from '../core/channels/free-text';
import type { TemplateVariable } from '../core/channels/template-base';
import type { Channel } from '../core/channel';
import type { AnswerCard, CardVariable } from '../core/company/answer-card';
import type { Assistant } from '../core/company/assistant';
import { inLanguage } from '../core/company/by-language';
import { cardContent } from '../core/company/card-content';
import type { Project } from '../core/company/company';
import type { ChannelTemplate, FilledMessage } from '../core/company/template';
import type { ReplyCard } from '../core/lifecycle/reply-card';
import { visitFacts } from './fact-places';
import type { MessagePlan } from './message-plan';
import { planMessage } from './message-plan';
import { factsAt, gatherFacts, RECIPIENT_WORDS } from './facts';
import type { Facts, FactsSource } from './facts';
import { describeFaults } from './proof';
import type { ProofFault } from './prove-values';
import { proveValues } from './prove-values';
import { isMadeOf } from './words-of-facts';

export interface CardOrder {
  /** The facts: the request's and what the company knows. What the recipient wrote is none of them. */
  readonly source: FactsSource;
  readonly project: Project;
  readonly assistant: Assistant;
  readonly card: AnswerCard;
  readonly chosen: Pick<ReplyCard, 'language' | 'values' | 'echoes' | 'discloses'>;
  readonly channel: Channel;
  /** Of a mail that answers: its subject. */
  readonly subject: string;
}

export type CardResult =
  | {
    readonly outcome: 'proved';
    readonly filled: FilledMessage;
    readonly values: Readonly<Record<string, string>>;
    readonly verdicts: Extract<ReturnType<typeof proveValues>, { outcome: 'proved' }>['verdicts'];
    /** SHA-256 of the facts that prove it. */
    readonly factsHash: string;
  }
  | { readonly outcome: 'refused'; readonly detail: string; readonly faults: readonly ProofFault[] };

/**
 * The words of a card with these values, if the facts prove each of them. What echoes the recipient is copied from
 * where it was found: it proves nothing, and leads nowhere.
 */
export function proveCard(order: CardOrder): CardResult {
  const { project, source, chosen, channel } = order;
  const content = contentOf(order);
  if (!content) return { outcome: 'refused', detail: 'card: no words for this language and channel', faults: [] };
  const subject = { ...source, recipient_words: chosen.echoes };
  const proved = proveValues({ subject, project, content, values: chosen.values });
  if (proved.outcome === 'refused') return proved;
  const { filled, values, verdicts } = proved;
  const written = Object.entries(values).filter(([name]) => verdicts[name] === 'proved');
  const facts = gatherFacts(source, project);
  const foreign = written.filter(([name, value]) => (
    !isMadeOf(value, textsFor(order.card.variables[name], facts), chosen.language)
  )).map(([name]) => name);
  if (foreign.length > 0) return refusedFor(foreign);
  return {
    outcome: 'proved',
    // The words go as they are, and not as a template that the vendor has to know.
    filled: filledFreeText(channel, filled.text, filled.channel === 'email' ? filled.subject : ''),
    values,
    verdicts,
    factsHash: facts.hash,
  };
}

/** What is known of a card's words before any value is: undefined where it has none for this language and channel. */
export function planCard(order: CardOrder): MessagePlan | undefined {
  const content = contentOf(order);
  const { source, chosen, project } = order;
  const planned = content && planMessage({ ...source, recipient_words: chosen.echoes }, project, content);
  return planned?.valid ? planned.plan : undefined;
}

/** A card's values are put together from its facts: a sentence of the model's own proves itself by nothing. */
function refusedFor(names: readonly string[]): Extract<CardResult, { outcome: 'refused' }> {
  const rules = ['unknown_word'] as const;
  return {
    outcome: 'refused',
    detail: describeFaults(new Map(names.map((name) => [name, rules])), []),
    faults: names.map((variable) => ({ variable, rules })),
  };
}

/** What the words of a variable may come from: its own facts. */
function textsFor(variable: CardVariable | undefined, facts: Facts): readonly string[] {
  const texts: string[] = [];
  const tree = variable?.facts ? factsAt(facts, variable.facts) : { ...facts.tree, recipient_data: facts.recipient };
  visitFacts(tree, {
    key: () => undefined,
    leaf: ({ value }) => { if (typeof value === 'string') texts.push(value); },
    list: () => undefined,
  });
  return texts;
}

/** The card as a template, the assistant's own words before it where they are due. */
function contentOf({ card, chosen, assistant, channel, subject }: CardOrder): ChannelTemplate | undefined {
  const { language, discloses } = chosen;
  const disclosure = discloses ? inLanguage(assistant.settings.disclosure, language)?.value : undefined;
  if (!Object.hasOwn(card.languages, language) || (discloses && disclosure === undefined)) return undefined;
  return cardContent({ ...card, variables: templateVariables(card) }, { channel, language, subject, disclosure });
}

/** What repeats the recipient is a copy for the proof. */
function templateVariables({ variables }: AnswerCard): Readonly<Record<string, TemplateVariable>> {
  return Object.fromEntries(Object.entries(variables).map(([name, { from, ...variable }]: [string, CardVariable]) => (
    [name, from ? { ...variable, copy_of: `${RECIPIENT_WORDS}.${name}` } : variable]
  )));
}
