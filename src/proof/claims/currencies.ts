/**
 * What people write for a currency, beside its ISO code. `$`, `¥` and `kr` stand for several and prove only themselves.
 */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['£', 'GBP'],
  ['€', 'EUR'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['₺', 'TRY'],
  ['₦', 'NGN'],
  ['₪', 'ILS'],
  ['₴', 'UAH'],
  ['₫', 'VND'],
  ['₱', 'PHP'],
  ['us$', 'USD'],
  ['a$', 'AUD'],
  ['c$', 'CAD'],
  ['ca$', 'CAD'],
  ['nz$', 'NZD'],
  ['hk$', 'HKD'],
  ['s$', 'SGD'],
  ['r$', 'BRL'],
  ['pound', 'GBP'],
  ['pounds', 'GBP'],
  ['pounds sterling', 'GBP'],
  ['quid', 'GBP'],
  ['pfund', 'GBP'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['dollar', '$'],
  ['dollars', '$'],
  ['us dollars', 'USD'],
  ['rupee', 'INR'],
  ['rupees', 'INR'],
  ['rs', 'INR'],
  ['yen', 'JPY'],
  ['yuan', 'CNY'],
  ['franc', 'francs'],
  ['francs', 'francs'],
  ['franken', 'francs'],
  ['kr', 'kr'],
  ['kronor', 'kr'],
  ['kroner', 'kr'],
  ['krona', 'kr'],
  ['krone', 'kr'],
  ['zł', 'PLN'],
  ['zloty', 'PLN'],
  ['dirhams', 'dirham'],
  ['dirham', 'dirham'],
  ['rand', 'ZAR'],
  ['naira', 'NGN'],
  ['bucks', '$'],
  ['btc', 'BTC'],
  ['bitcoin', 'BTC'],
  ['bitcoins', 'BTC'],
  ['eth', 'ETH'],
  ['usdt', 'USDT'],
  ['tl', 'TRY'],
  ['lira', 'TRY'],
  ['liralık', 'TRY'],
  ['liranın', 'TRY'],
  ['руб', 'RUB'],
  ['рубль', 'RUB'],
  ['рубля', 'RUB'],
  ['рублей', 'RUB'],
  ['р', 'RUB'],
  ['грн', 'UAH'],
  ['гривень', 'UAH'],
  ['元', '元'],
  ['块', '元'],
  ['nt$', 'TWD'],
  ['人民币', 'CNY'],
  ['円', 'JPY'],
  ['日元', 'JPY'],
  ['원', 'KRW'],
  ['درهم', 'AED'],
  ['درهما', 'AED'],
  ['درهماً', 'AED'],
  ['ريال', 'SAR'],
  ['جنيه', 'EGP'],
  ['يورو', 'EUR'],
  ['евро', 'EUR'],
  ['ユーロ', 'EUR'],
  ['欧元', 'EUR'],
  ['유로', 'EUR'],
  ['ευρώ', 'EUR'],
  ['zlotych', 'PLN'],
  ['złotych', 'PLN'],
  ['złote', 'PLN'],
  ['złoty', 'PLN'],
  ['kč', 'CZK'],
  ['korun', 'CZK'],
  ['forint', 'HUF'],
  ['lei', 'RON'],
  ['دولار', '$'],
  ['دولارا', '$'],
  ['دولارات', '$'],
  ['يورو', 'EUR'],
  ['درهم', 'dirham'],
  ['peso', 'peso'],
  ['pesos', 'peso'],
  ['reais', 'BRL'],
  ['real', 'BRL'],
  ['रुपये', 'INR'],
  ['रुपए', 'INR'],
  ['euroa', 'EUR'],
  ['libras', 'GBP'],
  ['sterline', 'GBP'],
  ['livres sterling', 'GBP'],
  ['dólares', '$'],
  ['dollari', '$'],
  ['pence', 'pence'],
  ['penny', 'pence'],
  ['cents', 'cents'],
  ['cent', 'cents'],
]);

/**
 * Codes that are also written in small letters; the others are only read as capitals, because ALL, TRY or TOP are
 * words.
 */
const COMMON_CODES = (
  'gbp eur usd chf inr aud cad jpy cny nzd sek nok dkk pln zar aed sgd hkd thb php idr myr krw vnd brl mxn ars clp '
  + 'ngn kes ghs egp sar qar kwd ils rub uah huf czk ' +
  'twd pkr bdt lkr'
).split(' ');

/** A fact in the first also proves the less definite second. */
const ALSO: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    USD: ['$'],
    AUD: ['$'],
    CAD: ['$'],
    NZD: ['$'],
    HKD: ['$', '元'],
    SGD: ['$'],
    TWD: ['$', '元'],
    JPY: ['¥'],
    CNY: ['¥', '元'],
    SEK: ['kr'],
    NOK: ['kr'],
    DKK: ['kr'],
    CHF: ['francs'],
    AED: ['dirham'],
    MXN: ['peso', '$'],
    ARS: ['peso', '$'],
    COP: ['peso', '$'],
    CLP: ['peso', '$'],
  }),
);

/** Hundredths, and the currencies that people mean by them. */
export const MINOR_UNITS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pence', ['GBP']],
  ['cents', ['EUR', 'USD', '$']],
]);

const codes = new Set(Intl.supportedValuesOf('currency'));

/** Pattern of anything that names a currency. */
export const CURRENCY = `(?:[A-Za-z]{0,2}\\p{Sc}|${wordPattern([...WORDS.keys()].filter((word) => /^\p{L}/u.test(word) && !word.endsWith('$')))}|${[...codes].join('|')}|${wordPattern(COMMON_CODES)})`;

/** Pattern, in small letters, of words that mean money even where no number in digits stands beside them. */
export const MONEY_WORD =
  'fivers?|tenners?|dollars?|bucks|bitcoins?|pounds|quid|pfund|euros?|rupees|pence|cents|francs|franken|kron[eo]r|yen|yuan|dirhams|naira|zloty';

/** One name for a currency, however it is written; undefined if it is none. */
export function currencyOf(written: string): string | undefined {
  const trimmed = written.trim();
  const upper = trimmed.toUpperCase();
  if (codes.has(trimmed) || (codes.has(upper) && COMMON_CODES.includes(trimmed.toLowerCase()))) return upper;
  return (
    WORDS.get(trimmed.toLowerCase()) ?? (/^[A-Za-z]{0,2}\p{Sc}$/u.test(trimmed) ? trimmed.toUpperCase() : undefined)
  );
}

/** The currency and the less definite names that a fact in it proves too. */
export function provedCurrencies(currency: string): readonly string[] {
  return [currency, ...ALSO.get(currency) ?? []];
}

/** The patterns around are case-sensitive because of the codes, so each word brings its capital forms along. */
function wordPattern(words: readonly string[]): string {
  return [...words]
    .sort((left, right) => right.length - left.length)
    .map((word) => [...word].map((letter) => (letter === ' ' ? ' ' : `[${letter}${letter.toUpperCase()}]`)).join(''))
    .join('|');
}
