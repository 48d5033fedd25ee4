import { amountClaim } from '../claims/amounts';
import { MINOR_UNITS } from '../claims/currencies';
import { exactNumberKey } from '../claims/number-literal';
import type { Leaf } from '../fact-places';
import { CURRENCY_OF_MINOR } from '../fact-places';
import type { DerivedOffer } from './derived-offer';
import { areAlike, groupBy, LARGEST_QUANTITY, MOST_FIGURES, nameOf, shapeOf } from './derived-offer';
import { daysBetween } from './numbers';

/** An amount among the facts. */
export interface Amount {
  readonly leaf: Leaf;
  /** In hundredths of the currency's unit. */
  readonly value: number;
  readonly currency: string;
}

/** The amount that a fact is; undefined for other facts. */
export function amountOf(leaf: Leaf): Amount | undefined {
  const { value, units } = leaf;
  // `total_cents` names hundredths; what they are hundredths of is said further up.
  const currency = [...units.currencies, ...units.inherited]
    .map((named) => CURRENCY_OF_MINOR.get(named) ?? named).find((named) => !MINOR_UNITS.has(named));
  if (typeof value !== 'number' || currency === undefined || !Number.isFinite(value) || units.percent) return undefined;
  const hundredths = Math.round(units.isMinor ? value : value * 100);
  return Number.isSafeInteger(hundredths) && hundredths > 0 ? { leaf, value: hundredths, currency } : undefined;
}

/** Sums and differences of two, and the sum of all. */
export function* together(amounts: readonly Amount[]): Generator<DerivedOffer> {
  if (amounts.length < 2 || amounts.length > MOST_FIGURES) return;
  for (const [index, one] of amounts.entries()) {
    for (const other of amounts.slice(index + 1)) {
      const ends = [one, other].filter(isEndOfRange).length;
      if (one.currency !== other.currency || ends === 2) continue;
      const from = [one.leaf, other.leaf];
      if (ends === 0) yield* money(one.value + other.value, one.currency, from);
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

/** What is left of an amount when all entries of a list are taken from it. */
export function* remainders(amounts: readonly Amount[]): Generator<DerivedOffer> {
  if (amounts.length > MOST_FIGURES) return;
  for (const [shape, entries] of groupBy(amounts, ({ leaf }) => shapeOf(leaf))) {
    if (entries.length < 2 || !shape.includes('*')) continue;
    const sum = entries.reduce((total, { value }) => total + value, 0);
    for (const whole of amounts.filter((other) => !entries.includes(other) && other.value > sum)) {
      if (entries.some(({ currency }) => currency !== whole.currency)) continue;
      yield* money(whole.value - sum, whole.currency, [whole, ...entries].map(({ leaf }) => leaf));
    }
  }
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
  /^(?:qty|quantity|count|number|no|nights?|days?|weeks?|months?|hours?|tickets?|seats?|items?|units?|people|guests|adults|menge|anzahl|stück|cantidad|noches|quantité|quantite|nuits|quantità|notti|quantidade|noites|aantal|nachten|ilość|noce|antal|antall|nätter|netter|adet|gece)$/;
const PRICES_OF_ONE =
  /^(?:each|unit|per|price|rate|preis|einzelpreis|prix|precio|prezzo|preço|preco|prijs|cena|pris|fiyat|fare|night|hour|day|month|ticket)$/;
/** What is added once to a price by its quantity. */
const FEES = /^(?:fees?|charge|surcharge|shipping|delivery|postage|gebühr|gebuehr|versand|frais|gastos|envío|envio|spese|spedizione|taxa|portes|kosten|verzendkosten|opłata|oplata|wysyłka|avgift|frakt|gebyr|kargo)$/;
function* products(amounts: readonly Amount[], object: readonly Leaf[]): Generator<DerivedOffer> {
  const priced = amounts.filter(({ leaf }) => nameOf(leaf).some((word) => PRICES_OF_ONE.test(word)));
  if (priced.length === 0 || priced.length > MOST_FIGURES) return;
  const quantities = object.filter(isQuantity);
  if (quantities.length > MOST_FIGURES) return;
  for (const quantity of quantities) {
    for (const one of priced) {
      if (one.leaf === quantity) continue;
      const product = one.value * Number(quantity.value);
      const from = [one.leaf, quantity];
      yield* money(product, one.currency, from);
      for (const fee of amounts.filter(({ leaf }) => nameOf(leaf).some((word) => FEES.test(word)))) {
        if (fee !== one && fee.leaf !== quantity) yield* money(product + fee.value, one.currency, [...from, fee.leaf]);
      }
    }
  }
}

function isQuantity(leaf: Leaf): boolean {
  const { value } = leaf;
  return typeof value === 'number' && Number.isInteger(value) && value > 1 && value <= LARGEST_QUANTITY
    && nameOf(leaf).some((word) => QUANTITIES.test(word));
}

const NIGHTS = /^(?:night|nacht|noche|nuit|notte|noite|noc|natt|nat|gece)$/;

/** The price of all nights between two dates. */
function* stays(amounts: readonly Amount[], object: readonly Leaf[]): Generator<DerivedOffer> {
  const priced = amounts.filter(({ leaf }) => nameOf(leaf).some((word) => NIGHTS.test(word)));
  if (priced.length === 0 || priced.length > MOST_FIGURES) return;
  for (const { count, from } of daysBetween(object)) {
    for (const { leaf, value, currency } of priced) yield* money(value * count, currency, [leaf, ...from]);
  }
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

function* money(hundredths: number, currency: string, from: readonly Leaf[]): Generator<DerivedOffer> {
  const number = exactNumberKey(hundredths / 100);
  if (hundredths <= 0 || number === undefined) return;
  for (const key of amountClaim(currency, [number]).offers) yield { key, from };
}


/** What the amounts of one object prove with each other and with the numbers beside them. */
export function* withinObject(amounts: readonly Amount[], object: readonly Leaf[]): Generator<DerivedOffer> {
  yield* shares(amounts);
  yield* products(amounts, object);
  yield* stays(amounts, object);
  yield* taxed(amounts, object);
}
