import { hasInstructions, phrasesOf } from './instructions-in-text';
import { amountClaim } from './claims/amounts';
import { CONTACT_KINDS } from './claims/claim';
import { currencyOf } from './claims/currencies';
import type { FoundClaim } from './claims/extract-claims';
import { extractClaims } from './claims/extract-claims';
import { foldText } from './claims/folded-text';
import { exactNumberKey, numberKeys } from './claims/number-literal';
import { telephoneDigits } from './claims/telephone';

/** What may be said: the keys that facts and template offer. */
export interface Evidence {
  readonly language: string;
  /** Keys of all kinds; of contacts only those that a fact consists of, or that the template holds. */
  readonly offered: ReadonlySet<string>;
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
}

/** Collects the evidence of one message. */
export function collectEvidence({ language, facts, names, templateTexts }: GroundSources): Evidence {
  const offered = new Set<string>();
  const suspicious = new Set<string>();
  const offer = (keys: readonly string[]) => keys.forEach((key) => offered.add(key));
  for (const text of templateTexts) offer(templateOffers(text, language));
  const suspect = (text: string) => phrasesOf(text).forEach((phrase) => suspicious.add(phrase));
  for (const name of names) {
    if (hasInstructions(name)) suspect(name);
    else offer(claimsOf(name, language).filter(({ kind }) => !CONTACT_KINDS.includes(kind)).flatMap(({ offers }) => offers));
  }
  visit(facts, { currencies: [], percent: false, isDialled: false }, {
    key: (key) => hasInstructions(key) && suspect(key),
    number: (value, units) => offer(numberOffers(value, units)),
    text: (value, units) => (hasInstructions(value) ? suspect(value) : offer(textOffers(value, language, units))),
  });
  return { language, offered, suspicious, holdInstructions: suspicious.size > 0 };
}

/** Texts remembered at most; one more, and the memory starts afresh. */
const REMEMBERED = 500;
const remembered = new Map<string, readonly string[]>();

/** A template's texts are the same for each of its messages, and reading them is a third of the work of grounding one. */
function templateOffers(text: string, language: string): readonly string[] {
  const key = `${language}\n${text}`;
  const known = remembered.get(key);
  if (known) return known;
  const offers = claimsOf(text, language).flatMap((claim) => claim.offers);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, offers);
  return offers;
}

/** What the place of a number says of it: `{ amount: 500, currency: 'GBP' }`, `discount_percent: 15`. */
interface Units {
  readonly currencies: readonly string[];
  readonly percent: boolean;
  readonly isDialled: boolean;
}

interface Visitor {
  key(key: string): void;
  number(value: number, units: Units): void;
  text(value: string, units: Units): void;
}

function visit(value: unknown, units: Units, visitor: Visitor): void {
  if (typeof value === 'string') return visitor.text(value, units);
  if (typeof value === 'number') return visitor.number(value, units);
  if (Array.isArray(value)) return value.forEach((entry) => visit(entry, units, visitor));
  if (typeof value !== 'object' || value === null) return;
  const beside = Object.values(value).flatMap((entry) => (typeof entry === 'string' && entry.length <= 12 ? currencyOf(entry) ?? [] : []));
  for (const [key, entry] of Object.entries(value)) {
    visitor.key(key);
    visit(entry, unitsOf(key, beside), visitor);
  }
}

function unitsOf(key: string, beside: readonly string[]): Units {
  const words = key.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);
  const named = words.flatMap((word) => currencyOf(word.toUpperCase()) ?? []);
  return {
    currencies: [...beside, ...named],
    isDialled: words.some((word) => /^(?:text|sms|call|dial|phone|telephone|tel|mobile|whatsapp|fax|helpline|hotline|shortcode)$/i.test(word)),
    percent: words.some((word) => /^(?:percent|percentage|pct)$/i.test(word)),
  };
}

/** Shorter numbers in facts are salaries, identifiers and years; a field's name may say that it is dialled all the same. */
const SHORTEST_DIALLED = 1_000_000;

function numberOffers(value: number, units: Units): readonly string[] {
  const key = exactNumberKey(value);
  if (key === undefined) return [];
  const dialled = Number.isInteger(value) && value >= (units.isDialled ? 100 : SHORTEST_DIALLED) ? [`telephone:${value}`] : [];
  return [`number:${key}`, ...dialled, ...unitOffers([key], units)];
}

function unitOffers(numbers: readonly string[], { currencies, percent }: Units): readonly string[] {
  return [
    ...currencies.flatMap((currency) => amountClaim(currency, numbers).offers),
    ...(percent ? numbers.map((number) => `percentage:${number}`) : []),
  ];
}

function textOffers(text: string, language: string, units: Units): readonly string[] {
  const trimmed = text.trim();
  const offers = claimsOf(trimmed, language)
    .filter(({ kind, isWhole }) => isWhole || !CONTACT_KINDS.includes(kind))
    .flatMap((claim) => claim.offers);
  const folded = foldText(trimmed);
  // A longer number is a claim of its own; a short one is dialled only if its field says so.
  if (units.isDialled && /^\d[\d ]{2,6}$/.test(folded)) offers.push(`telephone:${telephoneDigits(folded)}`);
  if (/^-?\d[\d.,' ]*$/.test(folded)) offers.push(...unitOffers(numberKeys(folded, language), units));
  return offers;
}

function claimsOf(text: string, language: string): readonly FoundClaim[] {
  return extractClaims({ text: foldText(text), spans: [] }, language);
}
