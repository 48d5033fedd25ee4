import type { Leaf } from '../fact-places';
import { wordsOfKey } from '../fact-places';
import type { FoundName } from '../names/find-names';
import { plainWord } from '../names/vocabulary';
import { agreement, tellingWords } from '../relations/concepts';
import { clausesOf } from './clauses';

/** A name of a value, with the words around it and the facts that consist of it. */
interface Named {
  readonly name: string;
  readonly place: FoundName;
  readonly words: readonly string[];
  /** The words that say what it is: "your teacher is …", "…, your teacher". */
  readonly titles: readonly string[];
  readonly leaves: readonly Leaf[];
}

/** A value that is a name: some words, the first with a capital. */
const NAME = /^\p{Lu}[\p{L}\p{M}'.-]*(?: [\p{L}\p{M}'.-]+){0,4}$/u;
const LONGEST_NAME = 60;
/** By how much another assignment has to fit better. */
const MARGIN = 0.9;

/**
 * Names that a value gives the role of another one: two exchanged, or one that stands where another fact's name
 * belongs.
 * The role is what the fields of the name's fact are called.
 */
export function exchangedNames(
  text: string,
  places: readonly FoundName[],
  leaves: readonly Leaf[],
): readonly FoundName[] {
  const names = leaves.filter(isName);
  const said = runsOf(text, places)
    .map((place) => named(text, place, places, names))
    .filter(({ leaves: own }) => own.length > 0);
  const found = new Set<FoundName>();
  said.forEach((one, index) =>
    said.slice(index + 1).forEach((other) => {
      if (one.leaves.some((leaf) => other.leaves.includes(leaf))) return;
      const straight = roleScore(one.words, one.leaves) + roleScore(other.words, other.leaves);
      const swapped = roleScore(one.words, other.leaves) + roleScore(other.words, one.leaves);
      if (swapped > straight + MARGIN) [one, other].forEach(({ place }) => found.add(place));
    }),
  );
  for (const one of said) {
    const rivals = names.filter(
      (leaf) => !said.some(({ leaves: own }) => own.includes(leaf)) && leaf.path.join() !== one.leaves[0]?.path.join(),
    );
    if (roleScore(one.titles, one.leaves) === 0 && roleScore(one.titles, rivals) >= 1) found.add(one.place);
  }
  return [...found];
}

/** Sections whose names every value may use, whatever part they have. */
const OF_THE_MESSAGE: readonly string[] = ['template', 'recipient_data', 'company_data', 'company_rep'];

function isName({ path, value }: Leaf): boolean {
  const isShort = typeof value === 'string' && value.length <= LONGEST_NAME && NAME.test(value);
  return isShort && !OF_THE_MESSAGE.includes(path[0] ?? '');
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

function named(text: string, place: FoundName, all: readonly FoundName[], names: readonly Leaf[]): Named {
  const name = text.slice(place.start, place.end);
  const own = plainWord(name).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
  const holds = (leaf: Leaf) =>
    own.length > 0 &&
    own.every((word) =>
      plainWord(String(leaf.value))
        .split(/[^\p{L}\p{N}]+/u)
        .includes(word),
    );
  return {
    name,
    place,
    words: wordsAround(text, place, all),
    titles: titlesOf(text, place),
    leaves: names.filter(holds),
  };
}

/** What is said of a name: the words before it in its clause, else those behind it, up to the next name. */
function wordsAround(text: string, { start, end }: FoundName, all: readonly FoundName[]): readonly string[] {
  const clause = clausesOf(text).find((each) => each.start <= start && each.end >= end) ?? {
    start: 0,
    end: text.length,
  };
  const previous = Math.max(clause.start, ...all.filter((other) => other.end <= start).map((other) => other.end));
  const next = Math.min(clause.end, ...all.filter((other) => other.start >= end).map((other) => other.start));
  return [...tellingWords(text.slice(previous, start)), ...tellingWords(text.slice(end, next))];
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
