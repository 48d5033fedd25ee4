import type { ClaimKind } from './claims/claim';
import { CONTACT_KINDS } from './claims/claim';
import type { FoundClaim } from './claims/extract-claims';
import { extractClaims, extractContacts } from './claims/extract-claims';
import type { Piece, SpannedText } from './claims/folded-text';
import { foldText, joinPieces } from './claims/folded-text';
import type { Evidence, Ground } from './evidence';
import type { JudgedWords } from './judge-words';
import { judgeWords } from './judge-words';
import type { NamesOfText } from './names/find-names';
import { readNames } from './names/find-names';
import { nameAround } from './names/name-around';
import { misplacedFigures } from './relations/find-misplaced';
import type { Rule } from './rules/rules';

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

/** A link, contact or figure of a text. Without a rule, `key` is what the ground offers of it. */
export interface JudgedClaim {
  readonly claim: FoundClaim;
  readonly key?: string;
  readonly ground?: Ground;
  readonly rule?: Rule;
}

/** What a text says, and what of it nothing proves. */
export interface JudgedText {
  readonly folded: SpannedText;
  /** In the order of `extractClaims`. */
  readonly claims: readonly JudgedClaim[];
  /** Contacts as they are written, before look-alikes are folded. */
  readonly written: readonly JudgedClaim[];
  readonly words: readonly JudgedWords[];
  readonly names: NamesOfText;
}

/**
 * Reads a text as the recipient does: a claim made by a value together with the words around it (`£` before, a digit
 * behind) counts as the whole. What is promised and what is not: docs/decisions/0003-grounding.md.
 */
export function judgeText(pieces: readonly Piece[], evidence: Evidence): JudgedText {
  const judge = (claim: FoundClaim, key: string | undefined): JudgedClaim =>
    key === undefined
      ? { claim, rule: RULE_OF_KIND[claim.kind] }
      : { claim, key, ground: evidence.offered.get(key)?.[0] };
  // Folding makes look-alikes equal, which is right for finding a link and wrong for trusting it: it must be proved as
  // it is written, too.
  const asWritten = extractContacts(joinPieces(pieces, (text) => text));
  const written = new Set(asWritten.flatMap(({ needs }) => needs));
  const folded = joinPieces(pieces, foldText);
  const claims = extractClaims(folded, evidence.language, evidence.codes);
  const misplaced = new Set(misplacedFigures(claims, evidence));
  const starts = folded.spans.map(({ start }) => start);
  const names = readNames(maskClaims(folded, claims), evidence.language, starts);
  return {
    folded,
    claims: claims.map((claim) => {
      const isLink = CONTACT_KINDS.includes(claim.kind) && claim.kind !== 'telephone';
      const key = claim.needs.find((need) => evidence.offered.has(need) && (!isLink || written.has(need)));
      if (key !== undefined) return misplaced.has(claim) ? { claim, rule: 'unknown_relation' } : judge(claim, key);
      const ground = nameAround(claim, evidence);
      return ground ? { claim, key: claim.needs[0] ?? '', ground } : judge(claim, key);
    }),
    written: asWritten.map((claim) => judge(claim, claim.needs.find((need) => evidence.offered.has(need)))),
    words: judgeWords(folded, names, evidence),
    names,
  };
}

/** The rules that each variable's words break. Only pieces with a variable have to be proved. */
export function rulesBroken({ folded, claims, written, words }: JudgedText): ReadonlyMap<string, ReadonlySet<Rule>> {
  const found = new Map<string, Set<Rule>>();
  const refuse = (variables: readonly string[], rule: Rule) => {
    for (const variable of variables) found.set(variable, (found.get(variable) ?? new Set<Rule>()).add(rule));
  };
  const singleDigits = new Map<string, number>();
  for (const { claim, rule } of [...written, ...claims]) if (rule) refuse(claim.variables, rule);
  for (const { claim: { needs, variables } } of claims) {
    if (!needs.some((key) => /^number:number:\d$/.test(key))) continue;
    variables.forEach((name) => singleDigits.set(name, (singleDigits.get(name) ?? 0) + 1));
  }
  for (const { start, end, rule } of words) refuse(variablesAt(folded, start, end), rule);
  for (const [name, count] of singleDigits) if (count >= SPELLED_OUT_DIGITS) refuse([name], RULE_OF_KIND.telephone);
  return found;
}

/** Finds what facts and template do not prove. */
export function findUngrounded(pieces: readonly Piece[], evidence: Evidence): ReadonlyMap<string, ReadonlySet<Rule>> {
  return rulesBroken(judgeText(pieces, evidence));
}

/** Links and codes are proved as such: the capitals in them name nothing. A point behind one still ends a sentence. */
function maskClaims({ text }: SpannedText, claims: readonly FoundClaim[]): string {
  let masked = text;
  for (const claim of claims) {
    if (claim.text === text) {
      const end = text[claim.end - 1] === '.' ? claim.end - 1 : claim.end;
      masked = masked.slice(0, claim.start) + '0'.repeat(end - claim.start) + masked.slice(end);
    }
  }
  return masked;
}

function variablesAt({ spans }: SpannedText, start: number, end: number): readonly string[] {
  return spans.filter((span) => span.start < end && span.end > start).map(({ variable }) => variable);
}
