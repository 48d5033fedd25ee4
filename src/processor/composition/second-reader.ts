import { isMissing, factAt } from '../../core/contract/fact-path';
import type { FillRequest, FillResult } from '../../core/ports/language-model';
import type { MessagePlan } from '../../proof/message-plan';
import { readableTexts } from '../../proof/message-plan';
import { READER_RULES } from '../prompts/second-reader/1/rules';

/** Name and version of the texts for the second reader; a composition that was read again names it. */
export const READER_PROMPT = 'second-reader@1';

export const READER_INSTRUCTIONS = READER_RULES.join('\n\n');

/** What the second reader made of the values. */
export type Reading =
  /** By variable, whether each clause is supported. */
  | { readonly outcome: 'read'; readonly unsupported: ReadonlySet<string> }
  /** It did not answer, or not as it was asked. */
  | { readonly outcome: 'unavailable' };

/** The question: facts, template and values as one JSON block, and the strict schema of the answer. */
export function readerQuestion(
  plan: MessagePlan,
  values: ReadonlyMap<string, string>,
): Pick<FillRequest, 'facts' | 'schema' | 'instructions'> {
  const template = readableTexts(plan.template).map((segments) =>
    segments.map((segment) => ('variable' in segment ? `{{${segment.variable}}}` : segment.literal)).join(''),
  );
  return {
    instructions: READER_INSTRUCTIONS,
    facts: JSON.stringify({ facts: plan.facts.sections, template, values: Object.fromEntries(values) }),
    schema: readerSchema([...values.keys()]),
  };
}

function readerSchema(names: readonly string[]): Readonly<Record<string, unknown>> {
  const object = (properties: Readonly<Record<string, unknown>>) =>
    ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
  const clause = object({
    clause: { type: 'string', description: 'The next words of the value, letter by letter.' },
    path: { type: ['string', 'null'], description: 'The fact that supports it, or `template`; null if none does.' },
    supported: { type: 'boolean' },
  });
  return object(Object.fromEntries(names.map((name) => [name, { type: 'array', items: clause }])));
}

interface Clause {
  readonly clause: string;
  readonly path: string | null;
  readonly supported: boolean;
}

/** Reads an answer: a clause without a fact that exists is not supported, and an answer that skips words is none. */
export function readReading(plan: MessagePlan, values: ReadonlyMap<string, string>, result: FillResult): Reading {
  if (result.outcome !== 'values') return { outcome: 'unavailable' };
  const unsupported = new Set<string>();
  for (const [name, value] of values) {
    const clauses = clausesIn(Object.hasOwn(result.values, name) ? result.values[name] : undefined);
    if (!clauses || !coversAll(value, clauses)) return { outcome: 'unavailable' };
    const holds = ({ supported, path }: Clause) =>
      supported && path !== null && (path === 'template' || exists(plan.facts.sections, path));
    if (!clauses.every(holds)) unsupported.add(name);
  }
  return { outcome: 'read', unsupported };
}

function clausesIn(answer: unknown): readonly Clause[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const clauses = answer.flatMap((entry: unknown) => (isClause(entry) ? [entry] : []));
  return clauses.length === answer.length ? clauses : undefined;
}

function isClause(entry: unknown): entry is Clause {
  if (typeof entry !== 'object' || entry === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...entry };
  const isPath = typeof fields.path === 'string' || fields.path === null;
  return typeof fields.clause === 'string' && typeof fields.supported === 'boolean' && isPath;
}

/** Share of the value's words that the clauses have to hold. */
const COVERED = 0.9;

function coversAll(value: string, clauses: readonly Clause[]): boolean {
  const read = new Set(wordsOf(clauses.map(({ clause }) => clause).join(' ')));
  const words = wordsOf(value);
  return words.filter((word) => read.has(word)).length >= words.length * COVERED;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function exists(sections: unknown, path: string): boolean {
  const fact = factAt(sections, path.replace(/\[(\d+)\]/g, '.$1').replace(/^\$?\.|^facts\./, ''));
  return fact === false || !isMissing(fact);
}
