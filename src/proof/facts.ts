import type { CopyFormat } from '../core/channels/template-base';
import type { Project } from '../core/company/company';
import { factAt, isMissing } from '../core/contract/fact-path';
import { sha256 } from '../core/sha256';
import type { Rule } from './rules/rules';
import type { PlacedFact } from './copies/render-fact';
import { renderFact } from './copies/render-fact';
import { factsWithin } from './scope/facts-within';
import { siftUntrusted } from './scope/sift-untrusted';

/** Bytes of the facts that a model is given at most; some 30,000 tokens. */
export const LARGEST_FACTS = 131_072;
/** Levels of nesting that are read; what lies deeper is left out, and no model is asked. */
export const DEEPEST_FACTS = 24;

/** The recipient as far as a composition may use it. */
export interface Recipient {
  readonly recipient_first_name?: string;
  readonly recipient_last_name?: string;
  readonly recipient_tel?: string;
  readonly recipient_email?: string;
}

export interface FactsSource extends Recipient {
  readonly project_data: Readonly<Record<string, unknown>>;
  /** What the company has entered for its answer cards; absent: the message is no card. */
  readonly knowledge?: Readonly<Record<string, unknown>> | undefined;
  /** Of an answer card: parts of what the recipient wrote, by variable. They are copied and prove nothing. */
  readonly recipient_words?: Readonly<Record<string, string>> | undefined;
}

/** The facts of one message as the model is given them. */
export interface Facts {
  /**
   * Canonical JSON: keys in order, no spaces. Holds the recipient's names and no number or address of the recipient.
   */
  readonly block: string;
  /** What the block holds. */
  readonly sections: Readonly<Record<string, unknown>>;
  /** SHA-256 of the block, hex. */
  readonly hash: string;
  /** All of the block but the recipient. */
  readonly tree: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  /** The names by their fields. */
  readonly recipient: Readonly<Record<'recipient_first_name' | 'recipient_last_name', string | undefined>>;
  /** Dotted paths of facts that strangers write. */
  readonly untrusted: readonly string[];
  /** What was taken out of them because it gives instructions; nothing may repeat it. */
  readonly excluded: readonly string[];
  readonly isTooLarge: boolean;
}

/** Gathers what the model may know: names of people, company and project, and the client's data. */
export function gatherFacts(source: FactsSource, project: Project): Facts {
  const depth = { exceeded: false };
  const clean = (value: unknown) => canonical(value, 0, depth);
  const [recipient_first_name, recipient_last_name] = [source.recipient_first_name, source.recipient_last_name].map(
    (name) => (name === undefined ? undefined : cleanText(name)),
  );
  const names = [recipient_first_name, recipient_last_name].filter((name) => name !== undefined);
  const tree = {
    company_data: { company_name: clean(project.company_name), project_name: clean(project.project_name) },
    company_rep: clean(Object.fromEntries(Object.entries(project.company_rep).filter(([, name]) => name !== null))),
    ...(source.knowledge ? { knowledge: clean(source.knowledge) } : {}),
    project_data: clean(source.project_data),
  };
  const recipient = { recipient_first_name, recipient_last_name };
  const sifted = siftUntrusted(tree, project.untrusted);
  const sections = { ...sifted.tree, recipient_data: recipient };
  const block = JSON.stringify(sections);
  return {
    block,
    sections,
    hash: sha256(block),
    tree: sifted.tree,
    names,
    recipient,
    untrusted: project.untrusted,
    excluded: sifted.excluded,
    isTooLarge: depth.exceeded || Buffer.byteLength(block) > LARGEST_FACTS,
  };
}

function canonical(value: unknown, level: number, depth: { exceeded: boolean }): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (level >= DEEPEST_FACTS) {
    depth.exceeded = true;
    return null;
  }
  if (Array.isArray(value)) return value.map((entry) => canonical(entry, level + 1, depth));
  const entries = Object.entries(value).map(
    ([key, entry]) => [cleanText(key), canonical(entry, level + 1, depth)] as const,
  );
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : Number(left > right))));
}

/** Hidden characters can carry instructions that no reader sees; joiners and emoji selectors are part of writing. */
function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t\u200C\u200D\uFE0E\uFE0F])[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '');
}

/**
 * The facts that the model is given where each variable that it writes names its own: those of all of them together.
 * The proof judges each value by its own.
 */
export function withinScopes(facts: Facts, scopes: ReadonlyArray<readonly string[] | undefined>): Facts {
  if (scopes.length === 0 || scopes.some((paths) => paths === undefined)) return facts;
  const sections = factsAt(facts, scopes.flatMap((paths) => paths ?? []));
  const block = JSON.stringify(sections);
  return { ...facts, block, sections, hash: sha256(block), isTooLarge: Buffer.byteLength(block) > LARGEST_FACTS };
}

/** The part of the facts at these paths, the recipient's names included where a path names them. */
export function factsAt({ tree, recipient }: Facts, paths: readonly string[]): Readonly<Record<string, unknown>> {
  const found = factsWithin({ ...tree, recipient_data: recipient }, paths);
  return { ...(typeof found === 'object' ? found : {}) };
}

export type Copy =
  | { readonly value: string }
  | { readonly rule: Extract<Rule, 'fact_missing' | 'fact_not_text' | 'fact_not_of_format'> };

/** The section of what a card repeats of its recipient. It is no part of the facts. */
export const RECIPIENT_WORDS = 'recipient_words';

/** Sections that a path of `copy_of` can begin with. */
export const COPY_SECTIONS = ['recipient_data', 'company_data', 'company_rep', 'project_data', 'knowledge', RECIPIENT_WORDS] as const;

/** What is copied, and how it is written. */
export interface CopyOrder {
  readonly path: string;
  readonly format: CopyFormat | undefined;
  readonly language: string;
}

/** Copies the fact at a dotted path; phone number and address can be copied, though no model sees them. */
export function copyFact({ path, format, language }: CopyOrder, source: FactsSource, project: Project): Copy {
  const { recipient_first_name, recipient_last_name, recipient_tel, recipient_email } = source;
  const { company_id, project_id, company_name, project_name } = project;
  const facts = {
    recipient_data: { recipient_first_name, recipient_last_name, recipient_tel, recipient_email },
    company_data: { company_id, project_id, company_name, project_name },
    company_rep: project.company_rep,
    project_data: source.project_data,
    knowledge: source.knowledge,
    [RECIPIENT_WORDS]: source.recipient_words,
  };
  const found = factAt(facts, path);
  if (isMissing(found) || (Array.isArray(found) && found.length === 0)) return { rule: 'fact_missing' };
  if (format !== undefined) return rendered({ path, value: found, facts }, format, language);
  if (typeof found === 'string') return { value: found };
  return typeof found === 'number' && /^-?\d+(?:\.\d+)?$/.test(String(found))
    ? { value: String(found) }
    : { rule: 'fact_not_text' };
}

function rendered(fact: PlacedFact, format: CopyFormat, language: string): Copy {
  const value = renderFact(fact, format, language);
  return value === undefined ? { rule: 'fact_not_of_format' } : { value };
}
