import { factAt } from '../../core/contract/fact-path';
import type { Citation } from '../../core/lifecycle/conversation';
import { foldText } from '../claims/folded-text';
import type { Facts } from '../facts';
import { liesWithin } from '../scope/facts-within';

/** A fact that was cited, with the words quoted from it. */
export interface CitedLeaf {
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  readonly quote: string;
}

export interface CitedFacts {
  readonly leaves: readonly CitedLeaf[];
  /** Citations whose quote does not stand at their path. */
  readonly misquoted: readonly Citation[];
}

/** Where the model may cite from, and the template's own texts under the path `template`. */
export interface CitableFacts {
  readonly facts: Pick<Facts, 'tree' | 'recipient'>;
  /** Absent: all facts. */
  readonly paths?: readonly string[] | undefined;
  readonly templateTexts: readonly string[];
}

/** Finds each quote at its path, letter by letter once both are folded. */
export function findCited(citations: readonly Citation[], { facts, paths, templateTexts }: CitableFacts): CitedFacts {
  const sections = { ...facts.tree, recipient_data: facts.recipient };
  const leaves: CitedLeaf[] = [];
  const misquoted: Citation[] = [];
  for (const citation of citations) {
    const steps = stepsOf(citation.path);
    const isOpen = paths === undefined || liesWithin(steps, paths);
    const found = steps[0] === 'template'
      ? templateTexts.map((value) => ({ path: ['template'], value })).find(({ value }) => holds(value, citation.quote))
      : isOpen ? leafHolding(factAt(sections, steps.join('.')), steps, citation.quote) : undefined;
    if (found) leaves.push({ ...found, quote: citation.quote });
    else misquoted.push(citation);
  }
  return { leaves, misquoted };
}

/** Models write paths in several ways: `$.a.b[0]`, `/a/b/0`, `a.b.0`. */
function stepsOf(path: string): readonly string[] {
  return path.trim().split(/[./[\]'"]/).filter((step) => step !== '' && step !== '$');
}

interface Found {
  readonly path: readonly string[];
  readonly value: CitedLeaf['value'];
}

/** The value itself, or the first below it that holds the quote: an object may be cited for one of its fields. */
function leafHolding(value: unknown, path: readonly string[], quote: string): Found | undefined {
  if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      const found = leafHolding(entry, [...path, key], quote);
      if (found) return found;
    }
    return undefined;
  }
  const isLeaf = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
  return isLeaf && holds(String(value), quote) ? { path, value } : undefined;
}

function holds(text: string, quote: string): boolean {
  const [whole, part] = [text, quote].map((each) => foldText(each).toLowerCase().replace(/\s+/g, ' ').trim());
  return whole !== undefined && part !== undefined && part !== '' && whole.includes(part);
}
