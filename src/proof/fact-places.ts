import { currencyOf, MINOR_UNITS } from './claims/currencies';
import { areCounted, placesTogether } from './object-entries';
import type { Work } from './turns';
import { atOnce } from './turns';
import { isPeriod, unitOfKey, withoutPeriodsBefore } from './claims/units';

/** What the place of a value says of it: `{ amount: 500, currency: 'GBP' }`, `discount_percent: 15`. */
export interface Units {
  /** Currencies that the field itself or its object names. */
  readonly currencies: readonly string[];
  /** Currencies of an object further up: they hold for what may be money. */
  readonly inherited: readonly string[];
  /** What money is in if the facts name no currency. */
  readonly regional?: string;
  readonly isMinor: boolean;
  readonly percent: boolean;
  /** A share of one: 0.2 is 20 %. */
  readonly mayBeShare: boolean;
  readonly isDialled: boolean;
  /** What the number counts, by its field's name. */
  readonly unit?: string;
  /** IANA name of the zone in which the object's instants are read. */
  readonly zone?: string;
}

/** One value among the facts. */
export interface Leaf {
  /** Keys and indexes from the top; `template` for a text of the template. */
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  readonly units: Units;
  /** The object that holds the value; leaves of one object have the same. */
  readonly parent: object;
}

export interface FactVisitor {
  key(key: string, path: readonly string[], parent: object): void;
  leaf(leaf: Leaf): void;
  list(length: number, path: readonly string[], parent: object): void;
  /** An object whose values are all of one type: its fields may be counted. */
  entries?(values: readonly unknown[], path: readonly string[], parent: object): void;
}

const LONGEST_CURRENCY = 12;

export const NO_UNITS: Units = {
  currencies: [],
  inherited: [],
  isMinor: false,
  percent: false,
  mayBeShare: false,
  isDialled: false,
};

/**
 * Walks through the facts from the top, telling each value what its place says of it. `regional`: what money is in if
 * the facts name no currency.
 */
export function visitFacts(facts: unknown, visitor: FactVisitor, regional?: string): void {
  atOnce(walkFacts(facts, visitor, regional));
}

/** The same, step by step. */
export function* walkFacts(facts: unknown, visitor: FactVisitor, regional?: string): Work<void> {
  const currencies = new Set<string>();
  collectCurrencies(facts, currencies);
  // A currency that is the only one of the facts is that of their amounts, wherever it stands.
  const above =
    currencies.size === 1 ? { inherited: [...currencies] }
      : currencies.size === 0 && regional !== undefined ? { regional } : {};
  yield* visitBelow(facts, { visitor, path: [], units: { ...NO_UNITS, ...above }, parent: {} });
}

function collectCurrencies(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null || found.size > 1) return;
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === 'number') {
      for (const word of wordsOfKey(key)) {
        const named = currencyIn(word);
        // `total_cents` may be hundredths of several currencies.
        if (named !== undefined && !MINOR_UNITS.has(named)) found.add(named);
      }
    }
    const currency = typeof entry === 'string' && entry.length <= LONGEST_CURRENCY ? currencyIn(entry) : undefined;
    if (currency === undefined) collectCurrencies(entry, found);
    else found.add(currency);
  }
}

/** The currency that a word of a field's name tells. */
function currencyIn(word: string): string | undefined {
  return (word.length > 2 ? CURRENCY_OF_MINOR.get(word) : undefined) ?? currencyOf(word);
}

interface Place {
  readonly visitor: FactVisitor;
  readonly path: readonly string[];
  readonly units: Units;
  readonly parent: object;
}

/** What walking to a value takes, in characters that are read meanwhile. */
const COST_OF_A_STEP = 20;

function* visitBelow(value: unknown, { visitor, path, units, parent }: Place): Work<void> {
  yield COST_OF_A_STEP;
  if (isPlain(value)) return visitor.leaf({ path, value, units, parent });
  if (typeof value !== 'object') return;
  if (Array.isArray(value)) {
    visitor.list(value.length, path, parent);
    for (const [index, entry] of value.entries()) {
      const own = typeof entry === 'object' && entry !== null ? entry : value;
      yield* visitBelow(entry, { visitor, path: [...path, String(index)], units, parent: own });
    }
    return;
  }
  const entries = Object.entries(value);
  if (areCounted(entries)) visitor.entries?.(entries.map(([, entry]) => entry), path, parent);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const around = {
    beside: texts.flatMap(([, text]) => (text.length <= LONGEST_CURRENCY ? currencyOf(text) ?? [] : [])),
    zone: texts.find(([key, text]) => /zone|^tz$/i.test(key) && isZone(text))?.[1] ?? units.zone,
    besideUnit: texts.find(([key]) => /^(?:unit|units|einheit|unit[eé]|unidad|unit[aà])$/i.test(key))?.[1],
    above: units,
  };
  for (const [key, entry] of entries) {
    const below = [...path, key];
    visitor.key(key, below, value);
    const isBroken = typeof entry === 'number' && !Number.isInteger(entry);
    const own = unitsOf(key, { ...around, isObject: typeof entry === 'object', isBroken });
    yield* visitBelow(entry, { visitor, path: below, units: own, parent: value });
  }
  for (const seat of placesTogether(entries)) {
    visitor.leaf({ path: [...path, 'place'], value: seat, units: NO_UNITS, parent: value });
  }
}

function isPlain(value: unknown): value is Leaf['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
}

/** Words of a field's name: `startsAt`, `starts_at` and `STARTS_AT` have the same two. */
export function wordsOfKey(key: string): readonly string[] {
  return key
    .split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{L})(?=\p{N})/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const PERCENT_WORDS =
  /^(?:percent|percentage|pct|prozent|pourcent|pourcentage|porcentaje|porciento|percentuale|percento|percentagem|porcentagem|percentual|percentuel|procent|procenty|procento|prosent|yuzde|yüzde|apr|процент)$/;
const RATES =
  /^(?:rate|satz|taux|tasa|tasso|taxa|tarief|sats|quote|share|ratio|anteil|part|oran|stawka|vat|tax|mwst|tva|iva|btw|moms|interest|zins|zinsen|discount|rabatt|commission|tip)$/;
const TAXES = /^(?:vat|tax|mwst|tva|iva|btw|moms|interest|zins)$/;
const DIALLED = /^(?:text|sms|call|dial|phone|telephone|tel|mobile|whatsapp|fax|helpline|hotline|shortcode)$/;
const MINOR =
  /^(?:pence|p|cents?|minor|centimes|centavos|c[eé]ntimos|centesimi|gr|grosz[ey]?|[öøo]re|oere|kuru[sş]|rappen|paise|kop|kopeks)$/;
/** Those that are a field's name by themselves; the shorter ones may be anything. */
const MINOR_ALONE = /^(?:pence|cents?|minor|centimes|centavos|c[eé]ntimos|centesimi|grosz[ey]?|[öøo]re|oere|kuru[sş]|rappen|paise|kopeks)$/;
/** Hundredths of one currency alone. */
export const CURRENCY_OF_MINOR: ReadonlyMap<string, string> = new Map([
  ['pence', 'GBP'], ['gr', 'PLN'], ['grosz', 'PLN'], ['grosze', 'PLN'], ['groszy', 'PLN'], ['kurus', 'TRY'],
  ['kuruş', 'TRY'], ['rappen', 'CHF'], ['paise', 'INR'], ['kop', 'RUB'], ['kopeks', 'RUB'],
]);
/** Fields that are money wherever they stand, beside those of prices. */
const MONEY =
  /^(?:total|subtotal|net|gross|balance|due|paid|owed|charges?|quote|estimate|excess|premium|sum|budget|bill|refund|payment|pay|income|donation|gift|grant|raised|target|discounted|parts|labour|labor|gesamt|summe|netto|brutto|saldo|pr[aä]mie|rechnung|solde|prime|franchise|plafond|caution|loyer|charges|franquicia|prima|suma|pagado|pendiente|importe|totale|imponibile|acconto|premio|franchigia|canone|total|sinal|renda|saldo|totaal|premie|huur|eigen|razem|suma|opłata|oplata|rata|składka|zaliczka|avgift|hyra|summa|leje|i alt|gebyr|toplam|kira|depozito|parca|parça|iscilik|işçilik|aidat)$/;
/** Fields that are not money though their object's parent names a currency. */
const NO_MONEY =
  /^(?:years?|months?|weeks?|days?|hours?|minutes?|nights?|age|count|quantity|qty|number|no|nr|id|percent|pct|rate|seats?|spaces?|places|guests|people|persons|floor|bedrooms?|rooms?|rank|score|version|menge|anzahl|stück|zahl|nummer|numero|número|número|numer|cantidad|quantité|quantità|quantidade|aantal|antal|ilość|adet|nights|noches|nuits|notti|nächte|tage|stunden|minuten|km|kg|lb|phone|tel|stars|size|weight|distance|duration|pieces|units|capacity|total_count)$/;
const PRICES =
  /^(?:price|preis|prix|precio|preco|preço|prezzo|prijs|cena|pris|fiyat|cost|kosten|coste|costo|custo|coût|koszt|fee|gebühr|gebuehr|amount|betrag|montant|importe|importo|valor|bedrag|kwota|belopp|tutar|deposit|fine|цена|стоимость|сумма|ціна|сума|ücret|lohn|timlon|salary|wage|rent|miete|loyer)$/;

interface Surroundings {
  readonly beside: readonly string[];
  readonly zone: string | undefined;
  readonly besideUnit: string | undefined;
  readonly above: Units;
  /** What lies below an object has names of its own: `seats` may hold prices. */
  readonly isObject: boolean;
  /** It is a number with a fraction. */
  readonly isBroken: boolean;
}

const RATE_OF = /(?:(?:^|[ _-])(?:per|pro|por|par|à|al|a)[ _-][\p{L}\p{N}_ -]+|Per\p{Lu}[\p{L}\p{N}]+)$/u;
/** Not even a number with hundredths is money there. */
const NEVER_MONEY = /^(?:age|percent|pct|rate|rank|score|version|km|kg|lb|stars|size|weight|distance|duration|tel|phone|id)$/;

function unitsOf(key: string, { beside, zone, besideUnit, above, isObject, isBroken }: Surroundings): Units {
  // `price_per_night` is a price.
  const words = wordsOfKey(key.replace(RATE_OF, ''));
  const named = words.flatMap((word) => currencyOf(word.toUpperCase()) ?? CURRENCY_OF_MINOR.get(word) ?? []);
  const unit =
    // The last unit counts: `last_year_kwh`.
    unitOfKey(withoutPeriodsBefore(words).reverse()) ??
    (besideUnit === undefined || !/^(?:value|amount|wert|valor|valeur|valore|quantity|number)$/i.test(key)
      ? undefined
      : unitOfKey([besideUnit.toLowerCase()]));
  const isRate = words.length === 1 && beside.length > 0 && isPeriod(words[0] ?? '');
  // A rate by something (`rate_per_m2_month`) is a price where a currency stands beside it.
  const isRateOf = RATE_OF.test(key) && words.every((word) => /^(?:rate|tarif\p{L}*|satz|tasa|taux)$/u.test(word));
  const isPriced = isRateOf || words.some((word) => PRICES.test(word));
  const isCounted =
    !isObject && !isRate && !isPriced
    && (unit !== undefined || words.some((word) => (isBroken ? NEVER_MONEY : NO_MONEY).test(word)));
  const isMinor = words.length > 1 && words.some((word) => MINOR.test(word)) || MINOR_ALONE.test(key);
  const isMoney = isMinor || isPriced || words.some((word) => MONEY.test(word));
  const regional = above.regional !== undefined && isMoney && !isCounted ? [above.regional] : [];
  const isTax = words.some((word) => TAXES.test(word)) && words.some((word) => RATES.test(word) && !TAXES.test(word));
  return {
    currencies: isCounted ? named : [...beside, ...named],
    inherited: isCounted ? [] : [...new Set([...above.currencies, ...above.inherited, ...regional])],
    isMinor,
    percent: words.some((word) => PERCENT_WORDS.test(word)) || isTax,
    mayBeShare: unit === undefined,
    isDialled: words.some((word) => DIALLED.test(word)),
    ...(unit === undefined ? {} : { unit }),
    ...(zone === undefined ? {} : { zone }),
    ...(above.regional === undefined ? {} : { regional: above.regional }),
  };
}

const zones = new Map<string, boolean>();

function isZone(name: string): boolean {
  if (name.length > 64 || !/^[A-Za-z_]+(?:\/[A-Za-z_+\-0-9]+){0,2}$/.test(name)) return false;
  const known = zones.get(name);
  if (known !== undefined) return known;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    valid = false;
  }
  if (zones.size >= 500) zones.clear();
  zones.set(name, valid);
  return valid;
}
