import { RULES } from '../rules/rules';
import type { TracedClaim } from './proof-trace';

const KINDS: Readonly<Record<TracedClaim['kind'], string>> = {
  link: 'link', address: 'e-mail address', telephone: 'telephone number', amount: 'amount of money',
  percentage: 'percentage', date: 'date', time: 'time', number: 'number', name: 'name', words: 'words', value: 'value',
};

/** What proves a claim, or why it may not go out, in plain words. `factText` reads a fact by its path. */
export function explainClaim(
  claim: TracedClaim,
  value: string,
  factText: (path: string) => string | undefined,
): string {
  const words =
    claim.kind === 'value' ? 'the whole value' : `"${value.slice(claim.start, claim.end)}" (${KINDS[claim.kind]})`;
  return `${words}: ${reasonOf(claim, factText)}`;
}

function reasonOf({ kind, key, fact, rule }: TracedClaim, factText: (path: string) => string | undefined): string {
  if (rule) return `refused. ${RULES[rule]}`;
  if (kind === 'value') {return fact ? `copied from ${fact.path}` : key === 'fallback' ? "the template's own words" : key;}
  if (!fact) return 'needs no fact';
  if (fact.path === 'template') return 'the template says it';
  const quoted = factText(fact.path)?.slice(fact.start, fact.end);
  return `proved by ${fact.path}${quoted ? ` ("${shortened(quoted)}")` : ''}`;
}

/** Characters of a fact that are quoted. */
const LONGEST_QUOTE = 60;

function shortened(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE - 1)}…`;
}
