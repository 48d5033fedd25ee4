import type { ClaimKind } from './claims/claim';
import { CONTACT_KINDS } from './claims/claim';
import type { FoundClaim } from './claims/extract-claims';
import { extractClaims, extractContacts } from './claims/extract-claims';
import type { Piece, SpannedText } from './claims/folded-text';
import { foldText, joinPieces } from './claims/folded-text';
import type { Evidence } from './evidence';
import { unknownNames } from './names/find-names';
import { misplacedFigures } from './relations/find-misplaced';
import type { Rule } from './rules/rules';
import { contradictions } from './wording/find-contradictions';
import { unfoundedPromises } from './wording/find-promises';

const RULE_OF_KIND: Readonly<Record<ClaimKind, Rule>> = {
  link: 'unknown_link',
  address: 'unknown_address',
  telephone: 'unknown_telephone',
  amount: 'unknown_amount',
  percentage: 'unknown_percentage',
  date: 'unknown_date',
  time: 'unknown_time',
  number: 'unknown_number',
};

/** So many single digits in a value spell out a telephone number, whatever words stand between them. */
const SPELLED_OUT_DIGITS = 7;

/**
 * Finds what facts and template do not prove, in the text as the recipient reads it: a claim made by a value together
 * with the words around it
 * (`£` before, a digit behind) counts as the whole. Only pieces with a variable have to be proved. What is promised and
 * what is not:
 * docs/decisions/0003-grounding.md.
 */
export function findUngrounded(pieces: readonly Piece[], evidence: Evidence): ReadonlyMap<string, ReadonlySet<Rule>> {
  const found = new Map<string, Set<Rule>>();
  const refuse = (variables: readonly string[], rule: Rule) => {
    for (const variable of variables) found.set(variable, (found.get(variable) ?? new Set<Rule>()).add(rule));
  };
  const fault = (variables: readonly string[], kind: ClaimKind) => refuse(variables, RULE_OF_KIND[kind]);
  // Folding makes look-alikes equal, which is right for finding a link and wrong for trusting it: it must be proved as
  // it is written, too.
  const asWritten = extractContacts(joinPieces(pieces, (text) => text));
  const written = new Set(asWritten.flatMap(({ needs }) => needs));
  for (const { variables, needs, kind } of asWritten) {
    if (!needs.some((key) => evidence.offered.has(key))) fault(variables, kind);
  }
  const singleDigits = new Map<string, number>();
  const folded = joinPieces(pieces, foldText);
  const claims = extractClaims(folded, evidence.language, evidence.codes);
  for (const { variables, needs, kind } of claims) {
    const isLink = CONTACT_KINDS.includes(kind) && kind !== 'telephone';
    if (!needs.some((key) => evidence.offered.has(key) && (!isLink || written.has(key)))) fault(variables, kind);
    if (needs.some((key) => /^number:number:\d$/.test(key))) {
      variables.forEach((name) => singleDigits.set(name, (singleDigits.get(name) ?? 0) + 1));
    }
  }
  for (const { variables } of misplacedFigures(claims, evidence)) refuse(variables, 'unknown_relation');
  const starts = folded.spans.map((span) => span.start);
  const names = unknownNames(maskClaims(folded, claims), evidence.language, evidence.vocabulary, starts);
  for (const { start, end } of names) {
    refuse(variablesAt(folded, start, end), 'unknown_name');
  }
  for (const { start, end } of unfoundedPromises(folded.text, evidence.language, evidence.vocabulary)) {
    refuse(variablesAt(folded, start, end), 'unknown_promise');
  }
  for (const { start, end } of contradictions(folded.text, evidence.leaves, evidence.language)) {
    refuse(variablesAt(folded, start, end), 'contradiction');
  }
  for (const [name, count] of singleDigits) if (count >= SPELLED_OUT_DIGITS) fault([name], 'telephone');
  return found;
}

/** Links and codes are proved as such: the capitals in them name nothing. */
function maskClaims({ text }: SpannedText, claims: readonly FoundClaim[]): string {
  let masked = text;
  for (const claim of claims) {
    if (claim.text === text) {
      masked = masked.slice(0, claim.start) + '0'.repeat(claim.end - claim.start) + masked.slice(claim.end);
    }
  }
  return masked;
}

function variablesAt({ spans }: SpannedText, start: number, end: number): readonly string[] {
  return spans.filter((span) => span.start < end && span.end > start).map(({ variable }) => variable);
}
