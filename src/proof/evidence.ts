import { hasInstructions, phrasesOf } from './instructions-in-text';
import type { Leaf } from './fact-places';
import { NO_UNITS, walkFacts } from './fact-places';
import type { Offer } from './fact-offers';
import { entryOffers, keyOffers, listOffers, templateOffers, wordOffers } from './key-offers';
import { isLong, longTextOffers, numberOffers, textOffers } from './fact-offers';
import { inflects } from './names/find-names';
import { liesWithin } from './scope/facts-within';
import { derivedOffers } from './derived/derived-offers';
import { regionalCurrency } from './regional-currency';
import { foreignOffers } from './scope/foreign-offers';
import type { Work } from './turns';
import { atOnce, inTurns } from './turns';
import type { Vocabulary } from './names/vocabulary';
import { vocabularyOf } from './names/vocabulary';

/** Where a key is offered: the value and the place in its text. */
export interface Ground {
  readonly leaf: Leaf;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Other facts without which this one does not prove it. */
  readonly with?: readonly Leaf[];
}

/** What may be said: the keys that facts and template offer. */
export interface Evidence {
  readonly language: string;
  /**
   * Keys of all kinds with their grounds; of contacts only those that a fact consists of, or that the template holds.
   */
  readonly offered: ReadonlyMap<string, readonly Ground[]>;
  /** Codes of the facts, without separators and capitals. */
  readonly codes: ReadonlySet<string>;
  /** The values of the facts, the names and the template's texts. */
  readonly leaves: readonly Leaf[];
  /** Their words; made when it is first asked for. */
  readonly vocabulary: () => Vocabulary;
  /** The recipient's whole name. */
  readonly recipient: string;
  /** Runs of words from facts that hold instructions: nothing may repeat them. */
  readonly suspicious: ReadonlySet<string>;
  /** A fact, a name or a key of the facts tries to give instructions. */
  readonly holdInstructions: boolean;
}

/** Facts and template texts to ground on, `trusted` being the company's own. */
export interface GroundSources {
  readonly language: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Names of the recipient: they prove words and numbers, never a contact. */
  readonly names: readonly string[];
  /** The template's texts with every variable masked. */
  readonly templateTexts: readonly string[];
  /** Dotted paths of facts that strangers write: they prove no amount, percentage, contact or demand. */
  readonly untrusted?: readonly string[];
  /** Texts that were taken out of them: nothing may repeat them. */
  readonly excluded?: readonly string[];
}

/** Grounds of one key at most: more are of no use to anybody who wants to see why. */
const MOST_GROUNDS = 40;
/** Whole dates up to which the weekday of each may be said alone; the dates of a CV have all seven. */
const MOST_DATES_WITH_WEEKDAYS = 3;

/** Collects the evidence of one message. */
export function collectEvidence(sources: GroundSources): Evidence {
  return atOnce(collecting(sources));
}

/** The same in turns with other messages, which large facts would hold up. */
export async function collectEvidenceInTurns(sources: GroundSources): Promise<Evidence> {
  return inTurns(collecting(sources));
}

function* collecting(sources: GroundSources): Work<Evidence> {
  const { language, facts, names, templateTexts, untrusted = [], excluded = [] } = sources;
  const offered = new Map<string, Ground[]>();
  const leaves: Leaf[] = [];
  const suspicious = new Set<string>();
  const offer = (leaf: Leaf, offers: readonly Offer[]) => addGrounds(offered, leaf, offers);
  const suspect = (text: string) => phrasesOf(text).forEach((phrase) => suspicious.add(phrase));
  for (const text of templateTexts) {
    const leaf = leafOf('template', text, {});
    leaves.push(leaf);
    offer(leaf, templateOffers(text, language));
  }
  const recipient = {};
  for (const name of names) {
    const leaf = leafOf('recipient_data', name, recipient);
    if (hasInstructions(name)) {
      suspect(name);
    } else {
      leaves.push(leaf);
      offer(leaf, wordOffers(name, language));
    }
  }
  const ofStrangers = [...excluded];
  let claims = 0;
  let keys = 0;
  const readLeaf = function* (leaf: Leaf): Work<void> {
    if (typeof leaf.value === 'string' && hasInstructions(leaf.value)) return suspect(leaf.value);
    const isForeign = untrusted.length > 0 && liesWithin(leaf.path, untrusted);
    const own = isForeign || claims > MOST_CLAIMS ? [] : yield* ownOffers(leaf, language);
    const read = isForeign ? foreignOffers(leaf, language) : { leaf, offers: own, excluded: [] };
    claims += claimsIn(read.offers);
    leaves.push(read.leaf);
    offer(read.leaf, read.offers);
    ofStrangers.push(...read.excluded);
    yield COST_OF_A_STEP + (typeof leaf.value === 'string' ? leaf.value.length : 0);
  };
  const readKey = function* (key: string, path: readonly string[], parent: object): Work<void> {
    keys += 1;
    if (hasInstructions(key)) suspect(key);
    else if (keys <= MOST_KEYS) offer({ path, value: key, units: NO_UNITS, parent }, keyOffers(key, language));
    yield COST_OF_A_STEP + key.length;
  };
  const steps: Array<Work<void>> = [];
  yield* walkFacts(facts, {
    key: (key, path, parent) => steps.push(readKey(key, path, parent)),
    leaf: (leaf) => steps.push(readLeaf(leaf)),
    list: (length, path, parent) => offer({ path, value: length, units: NO_UNITS, parent }, listOffers(length)),
    entries: (values, path, parent) =>
      offer({ path, value: values.length, units: NO_UNITS, parent }, entryOffers(values, path.at(-1) ?? '')),
  }, regionalCurrency(language));
  for (const step of steps) yield* step;
  // Nothing may repeat what was taken out, and the message goes its way without it.
  const holdInstructions = suspicious.size > 0;
  ofStrangers.forEach(suspect);
  offerDerived(offered, leaves);
  offerWeekdays(offered);
  const codes = codesIn(offered);
  const vocabulary = once(() => vocabularyOf(leaves, language, inflects(language)));
  return { language, offered, codes, leaves, vocabulary, recipient: names.join(' '), suspicious, holdInstructions };
}

function addGrounds(offered: Map<string, Ground[]>, leaf: Leaf, offers: readonly Offer[]): void {
  for (const { key, start, end, text } of offers) {
    const grounds = offered.get(key);
    if (!grounds) offered.set(key, [{ leaf, start, end, text }]);
    else if (grounds.length < MOST_GROUNDS) grounds.push({ leaf, start, end, text });
  }
}

/** Claims of all facts after which no more are read: facts of a message have some dozens. */
const MOST_CLAIMS = 4_000;
/** What each value and each key takes beside its length, in characters. */
const COST_OF_A_STEP = 60;
/** Keys of all facts after which a key's own words prove nothing; its value still does. */
const MOST_KEYS = 1_000;

function claimsIn(offers: readonly Offer[]): number {
  return offers.length < 2 ? offers.length : new Set(offers.map(({ start }) => start)).size;
}

function codesIn(offered: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const codes = [...offered.keys()].filter((key) => /^number:code .*\p{L}/u.test(key));
  return new Set(codes.map((key) => key.slice('number:code '.length)));
}

function* ownOffers({ value, units }: Leaf, language: string): Work<readonly Offer[]> {
  if (typeof value === 'number') return numberOffers(value, units);
  if (typeof value !== 'string') return [];
  return isLong(value) ? yield* longTextOffers(value, language) : textOffers(value, language, units);
}

function leafOf(section: string, value: string, parent: object): Leaf {
  return { path: [section], value, units: NO_UNITS, parent };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What facts prove together counts only where none proves it alone. */
function offerDerived(offered: Map<string, Ground[]>, leaves: readonly Leaf[]): void {
  for (const { key, from: [leaf, ...others] } of derivedOffers(leaves)) {
    if (leaf && !offered.has(key)) offered.set(key, [{ leaf, start: 0, end: 0, text: '', with: others }]);
  }
}

function offerWeekdays(offered: Map<string, Ground[]>): void {
  const whole = [...offered].filter(([key]) => /^date:year \d+ month \d+ day \d+ weekday \d$/.test(key));
  if (whole.length > MOST_DATES_WITH_WEEKDAYS) return;
  for (const [key, grounds] of whole) {
    const weekday = `date:${key.slice(key.indexOf('weekday'))}`;
    offered.set(weekday, [...offered.get(weekday) ?? [], ...grounds]);
  }
}
