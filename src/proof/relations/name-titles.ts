import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import type { FoundName } from '../names/find-names';
import { isNameWithRole } from '../names/name-facts';
import { plainWord } from '../names/vocabulary';
import { agreement, tellingWords } from './concepts';

/** A name of a value, with the facts that consist of it. */
interface Named {
  readonly place: FoundName;
  /** The words that say what it is: "your teacher is …", "…, your teacher". */
  readonly titles: readonly string[];
  readonly leaves: readonly Leaf[];
}

/**
 * Names that a value gives a title which other facts have and their own has not: "your teacher is …" of the driver. The
 * title is what the fields of the name's fact are called.
 */
export function namesWithAnotherTitle(
  text: string,
  places: readonly FoundName[],
  leaves: readonly Leaf[],
): readonly FoundName[] {
  const names = leaves.filter(isNameWithRole);
  const said = runsOf(text, places)
    .map((place): Named => ({ place, titles: titlesOf(text, place), leaves: leavesNaming(text, place, names) }))
    .filter(({ leaves: own }) => own.length > 0);
  return said.filter(({ titles, leaves: own }) => {
    if (titles.length === 0 || roleScore(titles, own) > 0) return false;
    const rivals = names.filter(
      (leaf) => !said.some(({ leaves: other }) => other.includes(leaf)) && leaf.path.join() !== own[0]?.path.join(),
    );
    return roleScore(titles, rivals) >= 1;
  }).map(({ place }) => place);
}

/** First and last name are one. */
function runsOf(text: string, places: readonly FoundName[]): readonly FoundName[] {
  const runs: FoundName[] = [];
  for (const place of [...places].sort((one, other) => one.start - other.start)) {
    const last = runs.at(-1);
    if (last && /^[ .'-]{1,2}$/.test(text.slice(last.end, place.start))) {
      runs[runs.length - 1] = { start: last.start, end: place.end };
    } else {
      runs.push(place);
    }
  }
  return runs;
}

/** The facts that hold each word of a name. */
function leavesNaming(text: string, { start, end }: FoundName, names: readonly Leaf[]): readonly Leaf[] {
  const own = wordsOfName(text.slice(start, end)).filter((word) => word.length > 1);
  if (own.length === 0) return [];
  return names.filter(({ value }) => {
    const known = wordsOfName(String(value));
    return own.every((word) => known.includes(word));
  });
}

function wordsOfName(name: string): readonly string[] {
  return plainWord(name).split(/[^\p{L}\p{N}]+/u);
}

/** Words between a name and what it is said to be. */
const LINKS =
  'is|are|was|were|will ' +
  'be|named|called|the|your|our|a|an|ist|sind|war|heißt|der|die|das|den|ihre?|unsere?|est|sont|le|la|les|votre|notre|es|son|' +
  'el|los|su|nuestr[oa]|è|sono|il|lo|suo|sua|nostr[oa]|é|são|o|os|seu|noss[oa]|zijn|het|uw|ons|onze|jest|to|są|är|din|er|vår';
const LINK = new RegExp(`^(?:${LINKS})$`, 'iu');
const COPULA = /^(?:,| (?:is|are|was|will be|ist|est|es|è|é|jest|är|er)(?!\p{L}))/iu;
/** Characters on each side of a name in which they are looked for. */
const REACH = 60;

function titlesOf(text: string, { start, end }: FoundName): readonly string[] {
  const words = (part: string) => (part.match(/\p{L}+|[.;!?]/gu) ?? []).filter((word) => !LINK.test(word));
  const before = words(text.slice(Math.max(0, start - REACH), start)).at(-1) ?? '';
  const behind = text.slice(end, end + REACH);
  const [after = ''] = COPULA.test(behind) ? words(behind.replace(COPULA, ' ')) : [];
  return tellingWords(`${before} ${after}`);
}

/** Shorter words are abbreviations, which too many others begin with. */
const SHORTEST_ROLE = 4;

/** Fields that are called after what they hold: their object says whose name it is. */
const NAME_FIELD =
  /^(?:.*_)?(?:name|nom|nombre|nome|naam|namn|navn|nazwa|imię|title|titel|titre|título|titolo|label|value|wert|valor)$/iu;

function roleScore(words: readonly string[], leaves: readonly Leaf[]): number {
  return Math.max(0, ...leaves.map((leaf) => {
    const keys = leaf.path.slice(1).filter((key) => !/^\d+$/.test(key));
    const own = keys.findLast((key) => !NAME_FIELD.test(key)) ?? '';
    const roles = tellingWords(wordsOfKey(own).join(' ')).filter((role) => role.length >= SHORTEST_ROLE);
    return roles.filter((role) => words.some((word) => agreement(word, role) >= 0.8)).length;
  }));
}
