import type { FoundClaim } from '../claims/extract-claims';
import type { Ground } from '../evidence';
import { wordsOfKey } from '../fact-places';
import { plainWord } from '../names/vocabulary';
import { tables } from '../words/tables';

let byWord: ReadonlyMap<string, string> | undefined;

function periodOf(word: string): string | undefined {
  byWord ??= new Map(
    Object.entries(tables().periods).flatMap(([period, words]) => words.split(' ').map((each) => [each, period] as const)),
  );
  return byWord.get(word);
}

const BEHIND =
  /^ ?(?:a|an|per|each|every|\/|pro|im|par|al|por|ao|à|l'|all'|a l'|om|w|za|i|в|毎|每)[ ']?(?:the |la |el |lo |il |le )?(?<word>\p{L}{2,14})/iu;
const ADVERB =
  /^ (?<word>monthly|weekly|yearly|annually|daily|hourly|quarterly|monatlich|jährlich|wöchentlich|mensuels?|mensuales|mensual|anuales|annui|mensili|mensile|mensais|miesięcznie|rocznie|maandelijks|jaarlijks)(?!\p{L})/iu;

/** The amount is said by another period than its fact names: a monthly rent "a week". */
export function hasAnotherPeriod({ kind, text, end }: FoundClaim, grounds: readonly Ground[]): boolean {
  if (kind !== 'amount' || grounds.length === 0) return false;
  const rest = text.slice(end, end + 30);
  const said = periodOf(plainWord((BEHIND.exec(rest) ?? ADVERB.exec(rest))?.groups?.word ?? ''));
  if (said === undefined) return false;
  const known = grounds.map(periodsOf);
  return known.every((periods) => periods.size > 0 && !periods.has(said));
}

function periodsOf({ leaf, text, end }: Ground): ReadonlySet<string> {
  const beside = Object.entries(leaf.parent).flatMap(([key, value]) =>
    typeof value === 'string' && /^(?:per|period|unit|interval|billing|cycle|zeitraum|période|periodo|periodiciteit)$/iu.test(key) ? [value] : [],
  );
  const inProse = text.length > end ? [/^[^.;,]{0,30}/u.exec(text.slice(end))?.[0] ?? ''] : [];
  const words = [...leaf.path.slice(-2).flatMap(wordsOfKey), ...[...beside, ...inProse].flatMap((value) => value.match(/\p{L}+/gu) ?? [])];
  return new Set(words.flatMap((word) => periodOf(plainWord(word)) ?? []));
}
