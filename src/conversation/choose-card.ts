import type { AnswerCard } from '../core/company/answer-card';
import { inLanguage } from '../core/company/by-language';
import type { FillRequest, FillResult } from '../core/ports/language-model';
import type { ReplyCard } from '../core/lifecycle/reply-card';
import type { CardResult } from '../proof/prove-card';
import { proveCard } from '../proof/prove-card';
import { RULES } from '../proof/rules/rules';
import type { Answering } from './answering';
import { writtenNames } from './answering';
import type { Burst } from './burst';
import type { CardFit } from './decide';
import { isDisclosed } from './disclosure';
import { findQuote } from './find-quote';
import { CARD_REPAIR_RULES } from './prompts/understand/2/rules';
import type { Signals } from './read-understanding';
import { readValues } from './read-understanding';
import { repairSchema } from './understand-question';

/** The model's card, and whether it may be said. */
export type ChosenCard =
  | { readonly fit: Exclude<CardFit, 'proved'>; readonly card?: string | undefined; readonly detail?: string }
  | { readonly fit: 'proved'; readonly card: string; readonly reply: ReplyCard };

/** Asks the model once more, for values alone; undefined where no time is left. */
export type AskAgain = (
  question: Pick<FillRequest, 'schema' | 'repair' | 'repairInstructions'>,
) => Promise<FillResult | undefined>;

type Values = Readonly<Record<string, string>>;

/** Characters of a refused value that are sent back with the reason. */
const LONGEST_REPAIR = 2_000;

/**
 * Proves what the card that the model chose would say; what cannot be proved is asked for once more, and then has its
 * fallback if the card has one.
 */
export async function chooseCard(
  signals: Signals,
  { burst, answering, now }: { readonly burst: Burst; readonly answering: Answering; readonly now: number },
  askAgain: AskAgain,
): Promise<ChosenCard> {
  const card = answering.cards.find(({ card_id: id }) => id === signals.card);
  const said = spokenLanguage(signals.language, answering.language);
  if (!card) {
    const isSpoken = answering.cards.some(({ languages }) => inLanguage(languages, said) !== undefined);
    return { fit: isSpoken || signals.asks !== 'question' ? 'none' : 'no_language' };
  }
  const language = inLanguage(card.languages, said)?.language;
  if (language === undefined) return { fit: 'no_language', card: card.card_id };
  const head = { card, language, ...(isDisclosed(burst.thread, language, now) ? {} : { discloses: true as const }) };
  const first = prove(head, signals.values, { burst, answering });
  if (first.result.outcome === 'proved') return proved(first.chosen);
  const refused = refusedOf(first.result, card);
  if (refused.length === 0) return { fit: 'unproved', card: card.card_id, detail: first.result.detail };

  const repaired = await repair(first.result, { refused, values: signals.values }, askAgain);
  const second = prove(head, { ...signals.values, ...repaired }, { burst, answering });
  if (second.result.outcome === 'proved') return proved(second.chosen);
  const third = prove(head, withFallbacks(card, second), { burst, answering });
  return third.result.outcome === 'proved'
    ? proved(third.chosen)
    : { fit: 'unproved', card: card.card_id, detail: third.result.detail };
}

function proved(reply: ReplyCard): ChosenCard {
  return { fit: 'proved', card: reply.card_id, reply };
}

/** A model that names no language leaves the template's. */
function spokenLanguage(language: string, usual: string): string {
  return /^[a-z]{2,3}(?:-|$)/i.test(language) && !/^und/i.test(language) ? language : usual;
}

interface Attempt {
  readonly chosen: ReplyCard;
  readonly values: Values;
  readonly result: CardResult;
}

function prove(
  { card, language, discloses }: {
    readonly card: AnswerCard;
    readonly language: string;
    readonly discloses?: true;
  },
  values: Values,
  { burst, answering }: { readonly burst: Burst; readonly answering: Answering },
): Attempt {
  const { source, project, assistant, channelSettings, subject } = answering;
  const names = writtenNames(card);
  const isEcho = (name: string) => card.variables[name]?.from === 'recipient';
  const given = Object.entries(values).filter(([name]) => names.includes(name));
  const chosen: ReplyCard = {
    card_id: card.card_id,
    version: card.version,
    language,
    values: Object.fromEntries(given.filter(([name]) => !isEcho(name))),
    echoes: Object.fromEntries(given.filter(([name]) => isEcho(name)).flatMap(([name, value]) => {
      const found = burst.messages.flatMap(({ content }) => findQuote(content, value) ?? [])[0];
      return found ? [[name, found.text] as const] : [];
    })),
    ...(discloses ? { discloses } : {}),
  };
  const { channel } = channelSettings.content;
  return { chosen, values, result: proveCard({ source, project, assistant, card, chosen, channel, subject }) };
}

/** The variables whose values are refused, and that a model may write again. */
function refusedOf(result: Extract<CardResult, { outcome: 'refused' }>, card: AnswerCard): readonly string[] {
  const names = writtenNames(card);
  const refused = result.faults.flatMap(({ variable }) => (variable === undefined ? names : [variable]));
  return [...new Set(refused)].filter((name) => names.includes(name));
}

async function repair(
  { faults }: Extract<CardResult, { outcome: 'refused' }>,
  { refused, values }: { readonly refused: readonly string[]; readonly values: Values },
  askAgain: AskAgain,
): Promise<Values> {
  const reasonOf = (name: string) => faults
    .filter(({ variable }) => variable === undefined || variable === name)
    .flatMap(({ rules }) => rules.map((rule) => RULES[rule])).join(' ');
  const answer = await askAgain({
    schema: repairSchema(refused),
    repair: Object.fromEntries(refused.map((name) => [
      name, { value: (values[name] ?? '').slice(0, LONGEST_REPAIR), reason: reasonOf(name) },
    ])),
    repairInstructions: CARD_REPAIR_RULES,
  });
  if (answer?.outcome !== 'values') return {};
  const again = readValues(answer.values);
  return Object.fromEntries(refused.flatMap((name) => (
    Object.hasOwn(again, name) ? [[name, again[name] ?? ''] as const] : []
  )));
}

function withFallbacks(card: AnswerCard, { values, result }: Attempt): Values {
  const refused = result.outcome === 'refused' ? refusedOf(result, card) : [];
  const fallbacks = refused.flatMap((name) => {
    const fallback = card.variables[name]?.fallback;
    return fallback === undefined ? [] : [[name, fallback] as const];
  });
  return { ...values, ...Object.fromEntries(fallbacks) };
}
