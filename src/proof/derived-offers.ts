import { amountClaim } from './claims/amounts';
import { MINOR_UNITS } from './claims/currencies';
import { exactNumberKey } from './claims/number-literal';
import { durationKey } from './claims/units';
import type { Leaf } from './fact-places';
import { CURRENCY_OF_MINOR, wordsOfKey } from './fact-places';

/** A key that several facts prove together, with the facts. */
export interface DerivedOffer {
  readonly key: string;
  readonly from: readonly Leaf[];
}

/**
 * Figures of a group beyond which none are reckoned with: among many, nearly every amount is the sum or the difference
 * of two. Objects beyond which facts are not looked at. Both also bound the work, which grows with the square of a
 * group.
 */
const MOST_FIGURES = 8;
const MOST_OBJECTS = 60;
/** Keys beyond which no more are derived, whatever the facts are. */
const MOST_OFFERS = 5_000;
/** Smaller differences and sums of plain numbers would prove any small number. */
const SMALLEST_NUMBER = 20;

interface Amount {
  readonly leaf: Leaf;
  /** In hundredths of the currency's unit. */
  readonly value: number;
  readonly currency: string;
}

/**
 * What the facts say together: what is left of an amount, a sum, a price by its quantity or with its tax, an exact
 * percentage, how much more or less, how long it is between two times. Only plain steps
 * between facts that stand together; a calculation of two steps is not proved.
 */
export function derivedOffers(leaves: readonly Leaf[]): readonly DerivedOffer[] {
  const offers: DerivedOffer[] = [];
  for (const offer of allOffers(leaves)) {
    if (offers.length >= MOST_OFFERS) break;
    offers.push(offer);
  }
  return offers;
}

function* allOffers(leaves: readonly Leaf[]): Generator<DerivedOffer> {
  const amounts = leaves.flatMap((leaf) => amountOf(leaf) ?? []);
  yield* together(amounts);
  yield* totals(leaves);
  const objects = groupBy(leaves, ({ parent }) => parent);
  if (objects.size > MOST_OBJECTS) return;
  const amountsOf = groupBy(amounts, ({ leaf }) => leaf.parent);
  for (const [parent, object] of objects) {
    const own = amountsOf.get(parent) ?? [];
    if (amounts.length > MOST_FIGURES) yield* together(own);
    yield* shares(own);
    yield* products(own, object);
    yield* taxed(own, object);
    yield* differences(object);
    yield* lengths(object);
  }
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function amountOf(leaf: Leaf): Amount | undefined {
  const { value, units } = leaf;
  // `total_cents` names hundredths; what they are hundredths of is said further up.
  const currency = [...units.currencies, ...units.inherited]
    .map((named) => CURRENCY_OF_MINOR.get(named) ?? named).find((named) => !MINOR_UNITS.has(named));
  if (typeof value !== 'number' || currency === undefined || !Number.isFinite(value) || units.percent) return undefined;
  const hundredths = Math.round(units.isMinor ? value : value * 100);
  return Number.isSafeInteger(hundredths) && hundredths > 0 ? { leaf, value: hundredths, currency } : undefined;
}

/** Sums and differences of two, and the sum of all. */
function* together(amounts: readonly Amount[]): Generator<DerivedOffer> {
  if (amounts.length < 2 || amounts.length > MOST_FIGURES) return;
  for (const [index, one] of amounts.entries()) {
    for (const other of amounts.slice(index + 1)) {
      if (one.currency !== other.currency || isEndOfRange(one) || isEndOfRange(other)) continue;
      const from = [one.leaf, other.leaf];
      yield* money(one.value + other.value, one.currency, from);
      if (one.value !== other.value) yield* money(Math.abs(one.value - other.value), one.currency, from);
    }
  }
  if (amounts.length > 2 && new Set(amounts.map(({ currency }) => currency)).size === 1) {
    const sum = amounts.reduce((total, { value }) => total + value, 0);
    yield* money(sum, amounts[0]?.currency ?? '', amounts.map(({ leaf }) => leaf));
  }
}

const RANGE_ENDS = /^(?:low|high|min|max|minimum|maximum|from|to|von|bis|desde|hasta|de|a)$/;

/** `{ low: 180, high: 240 }`: nothing comes to their sum. */
function isEndOfRange({ leaf }: Amount): boolean {
  return nameOf(leaf).some((word) => RANGE_ENDS.test(word));
}

/** One is an exact number of hundredths of the other. */
function* shares(amounts: readonly Amount[]): Generator<DerivedOffer> {
  if (amounts.length > MOST_FIGURES) return;
  for (const part of amounts) {
    for (const whole of amounts) {
      const percent = (part.value * 100) / whole.value;
      if (part === whole || part.currency !== whole.currency || percent >= 100 || !Number.isInteger(percent)) continue;
      const from = [part.leaf, whole.leaf];
      yield { key: `percentage:number:${percent}`, from };
      // Two prices of one thing: the one is so much less.
      if (areAlike(part.leaf, whole.leaf)) yield { key: `percentage:number:${100 - percent}`, from };
    }
  }
}

const QUANTITIES =
  /^(?:qty|quantity|count|number|no|nights?|days?|weeks?|months?|hours?|tickets?|seats?|items?|units?|people|guests|adults|menge|anzahl|stück|cantidad|noches|quantité|nuits|quantità|notti|quantidade|noites|aantal|nachten|ilość|noce|antal|nätter|netter|adet|gece)$/;
const QUANTITY = /^(?:qty|quantity|count|menge|anzahl|cantidad|quantité|quantita|quantità|quantidade|aantal|ilość|antal|adet)$/iu;
const PRICES_OF_ONE =
  /^(?:each|unit|per|price|rate|preis|einzelpreis|prix|precio|prezzo|preço|prijs|cena|pris|fiyat|fare|night|hour|day|month|ticket)$/;
/** No quantity in a message is larger. */
const LARGEST_QUANTITY = 1_000;

function* products(amounts: readonly Amount[], object: readonly Leaf[]): Generator<DerivedOffer> {
  const priced = amounts.filter(({ leaf }) => nameOf(leaf).some((word) => PRICES_OF_ONE.test(word)));
  if (priced.length === 0 || priced.length > MOST_FIGURES) return;
  const quantities = object.filter(isQuantity);
  if (quantities.length > MOST_FIGURES) return;
  for (const quantity of quantities) {
    for (const one of priced) {
      if (one.leaf === quantity) continue;
      yield* money(one.value * Number(quantity.value), one.currency, [one.leaf, quantity]);
    }
  }
}

function isQuantity(leaf: Leaf): boolean {
  const { value } = leaf;
  return typeof value === 'number' && Number.isInteger(value) && value > 1 && value <= LARGEST_QUANTITY
    && nameOf(leaf).some((word) => QUANTITIES.test(word));
}

/** How many there are in all, where each entry of one list has its quantity. */
function* totals(leaves: readonly Leaf[]): Generator<DerivedOffer> {
  const lists = groupBy(leaves.filter(isCountOfEntry), ({ path }) =>
    path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.'));
  for (const from of lists.values()) {
    const total = from.reduce((sum, { value }) => sum + Number(value), 0);
    if (from.length > 1 && from.length <= MOST_FIGURES) yield { key: `number:number:${total}`, from };
  }
}

function isCountOfEntry(leaf: Leaf): boolean {
  const { value, path } = leaf;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= LARGEST_QUANTITY
    && /^\d+$/.test(path.at(-2) ?? '') && QUANTITY.test(path.at(-1) ?? '');
}

/** An amount's share by a rate beside it, and the amount with it or without it. */
function* taxed(amounts: readonly Amount[], object: readonly Leaf[]): Generator<DerivedOffer> {
  if (amounts.length === 0 || amounts.length > MOST_FIGURES) return;
  const rates = object.flatMap((leaf) => {
    const rate = rateOf(leaf);
    return rate === undefined ? [] : [{ leaf, rate }];
  });
  if (rates.length > MOST_FIGURES) return;
  for (const { leaf, rate } of rates) {
    for (const amount of amounts.filter((each) => each.leaf !== leaf)) {
      const share = Math.round(amount.value * rate);
      for (const value of [share, amount.value + share, amount.value - share]) {
        yield* money(value, amount.currency, [amount.leaf, leaf]);
      }
    }
  }
}

const RATES = /^(?:rate|vat|tax|discount|surcharge|mwst|ust|rabatt|tva|remise|iva|descuento|sconto|desconto|btw|korting|moms|kdv|indirim|percent|pct|toeslag|zuschlag)$/;

function rateOf(leaf: Leaf): number | undefined {
  const { value, units } = leaf;
  if (typeof value !== 'number' || value <= 0) return undefined;
  if (units.percent) return value < 1 ? value : value / 100;
  return value < 1 && nameOf(leaf).some((word) => RATES.test(word)) ? value : undefined;
}

/** How much more or less of a thing, where two numbers of an object have the same unit or a word in common. */
function* differences(object: readonly Leaf[]): Generator<DerivedOffer> {
  const numbers = object.filter(({ value, units }) => typeof value === 'number' && units.currencies.length === 0);
  if (numbers.length > MOST_FIGURES) return;
  for (const [index, one] of numbers.entries()) {
    for (const other of numbers.slice(index + 1)) {
      const [left, right] = [Number(one.value), Number(other.value)];
      const isLarge = Math.max(Math.abs(left), Math.abs(right)) >= SMALLEST_NUMBER || !Number.isInteger(left + right);
      if (!isLarge || left === right || !areAlike(one, other)) continue;
      const difference = Math.round(Math.abs(left - right) * 1000) / 1000;
      const key = exactNumberKey(difference);
      if (key === undefined) continue;
      yield { key: `number:${key}`, from: [one, other] };
      const { unit } = one.units;
      if (unit !== undefined) yield { key: `number:${key} ${unit}`, from: [one, other] };
      if (one.units.percent) yield { key: `percentage:${key}`, from: [one, other] };
    }
  }
}

function areAlike(one: Leaf, other: Leaf): boolean {
  if (one.units.unit !== undefined || other.units.unit !== undefined) return one.units.unit === other.units.unit;
  const [left, right] = [nameOf(one), nameOf(other)];
  return left.some((word) => word.length > 2 && right.includes(word));
}

const CLOCK = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/** How long it is between two times of an object. An end is not offered: it would prove a wrong beginning. */
function* lengths(object: readonly Leaf[]): Generator<DerivedOffer> {
  const clocks = object.flatMap((leaf) => {
    const [, day, hour, minute] = typeof leaf.value === 'string' ? (CLOCK.exec(leaf.value) ?? []) : [];
    if (hour === undefined || minute === undefined) return [];
    const midnight = day === undefined ? 0 : Date.parse(day) / 60_000;
    return [{ leaf, day, minutes: midnight + Number(hour) * 60 + Number(minute) }];
  });
  if (clocks.length > MOST_FIGURES) return;
  for (const start of clocks) {
    for (const end of clocks) {
      const minutes = end.minutes - start.minutes;
      if (minutes <= 0 || (end.day === undefined) !== (start.day === undefined)) continue;
      const key = durationKey(minutes, 'minute');
      if (key !== undefined) yield { key, from: [start.leaf, end.leaf] };
    }
  }
}

function* money(hundredths: number, currency: string, from: readonly Leaf[]): Generator<DerivedOffer> {
  const number = exactNumberKey(hundredths / 100);
  if (hundredths <= 0 || number === undefined) return;
  for (const key of amountClaim(currency, [number]).offers) yield { key, from };
}

function nameOf({ path }: Leaf): readonly string[] {
  return wordsOfKey(path.at(-1) ?? '');
}
