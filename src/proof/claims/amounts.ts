import { lazyPattern } from './lazy-pattern';
import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { CURRENCY, currencyOf, MINOR_UNITS, MONEY_WORD, provedCurrencies } from './currencies';
import { NUMBER, numberKeys, shiftedKeys } from './number-literal';
import { RANGE_LINK } from './ranges';
import { DIGIT_START, LETTER, WORD_END, WORD_START } from './word-boundary';

const PERCENT_WORDS =
  'per ?cent|percentage points?|pct|prozent|procent|procenta?|pour ?cents?|por ?ciento|por ?cento|per '
    + '?cento|процент(?:а|ов)?|prosent|prosenttia|százalék|τοις εκατό|بالمئة|بالمائة|في المئة|パーセント|퍼센트|प्रतिशत';
const PERCENT = `(?:[%٪]|(?<!${LETTER})(?:${PERCENT_WORDS})${WORD_END})`;
const PERCENTAGE = lazyPattern(() => new RegExp(`(?=[-\\d])${WORD_START}(?<number>-?${NUMBER}) ?${PERCENT}`, 'giu'));
/** `%10`, `yüzde 10`, 百分之 10. */
const PERCENT_FIRST = lazyPattern(
  () => new RegExp(`(?:(?<!\\d ?)[%٪] ?|(?<!${LETTER})yüzde |百分之 ?)(?<number>${NUMBER})${WORD_END}`, 'giu'),
);
/** The unit that both ends of a range share. */
const SHARED_PERCENT = lazyPattern(
  () => new RegExp(`(?=\\d)${WORD_START}(?<number>${NUMBER})(?=${RANGE_LINK}${NUMBER} ?${PERCENT})`, 'giu'),
);
const CURRENCY_FIRST = lazyPattern(
  () =>
    new RegExp(
      `(?<minus>(?<=^|[ (])-)?${WORD_START}(?<currency>${CURRENCY})(?:(?<=[A-Za-z])\\.)? ?(?!(?<=\\p{L})-)(?<number>-?${NUMBER})${WORD_END}(?: `
        + `(?:pesos?|dollars?|d[óo]lares|euros?|USD|EUR|GBP|MXN|CAD|AUD)(?!\\p{L}))?`,
      'gu',
    ),
);
const CURRENCY_FIRST_RANGE = lazyPattern(
  () =>
    new RegExp(
      `${WORD_START}(?<currency>${CURRENCY}) ?(?<number>${NUMBER})(?:${RANGE_LINK})(?<second>${NUMBER})(?! `
        + `?(?:${CURRENCY}|${PERCENT}))${WORD_END}`,
      'gu',
    ),
);
const SHARED_CURRENCY = lazyPattern(
  () =>
    new RegExp(
      `${DIGIT_START}(?<number>${NUMBER})(?=(?:,-|\\.-)?${RANGE_LINK}${NUMBER}(?:,-|\\.-)? `
        + `?(?<currency>${CURRENCY})(?!\\p{L}))`,
      'gu',
    ),
);
const NUMBER_FIRST = lazyPattern(
  () =>
    new RegExp(
      `${DIGIT_START}(?<number>${NUMBER})(?:,-|\\.-)? ?(?<currency>${CURRENCY})(?:${WORD_END}|(?<=[元块円원元]))`,
      'gu',
    ),
);
/** `42 pounds and 10 pence`, `£42 and 10p`. */
const WITH_MINOR = lazyPattern(
  () =>
    new RegExp(
      `${DIGIT_START}(?<number>\\d{1,7}) ?(?<currency>pounds?|euros?|dollars?|francs?|Euro)(?:,? and |,? und |,? et `
        + `|,? y |, | )(?<minor>\\d{1,2}) ?(?:pence|penny|p|cents?|Cent|centimes|céntimos)${WORD_END}`,
      'giu',
    ),
);
/** `3 euros 90`. */
const CENTS_BEHIND = lazyPattern(
  () => new RegExp(`${DIGIT_START}(?<number>\\d{1,7}) ?(?<currency>euros?|€) ?(?<minor>\\d{2})(?![\\d.,:]\\d| ?[€%]| ?${LETTER})${WORD_END}`, 'giu'),
);
/** A currency beside a number: without one, the readers of amounts have nothing to do. */
const ANY_CURRENCY = lazyPattern(
  () =>
    new RegExp(
      `(?=\\p{N})(?<=(?:${CURRENCY})\\.? ?-?)|(?<=\\p{N}(?:,-|\\.-)? ?)(?:${CURRENCY}|p(?!\\p{L})|penn|cent|cént|Cent)`,
      'u',
    ),
);
const PENCE = lazyPattern(() => new RegExp(`${DIGIT_START}(?<number>\\d{1,4}(?:\\.\\d{1,2})?)p${WORD_END}(?!\\.m)`, 'gu'));
/** Money or a share in words that are not numbers: `a few Euro`. The words around are part of the claim. */
const WORD_BEFORE = `(?:(?<!${LETTER})${LETTER}{1,40}[ -])?`;
const IN_WORDS = lazyPattern(
  () =>
    new RegExp(
      `${WORD_BEFORE}(?:(?<!${LETTER})(?:${MONEY_WORD})(?!${LETTER})|[%٪]+|${PERCENT})|${WORD_BEFORE}\\p{Sc}+(?:[ `
        + `-]?${LETTER}{1,40})?`,
      'giu',
    ),
);

/** `the fee doubles`: an amount that nobody has named. */
const MULTIPLIED = lazyPattern(
  () => /(?<![a-z])(?:fees?|prices?|rent|costs?|charges?|fines?|bills?|rates?|deposits?|payments?|premiums?)(?: (?:will|is|are|be|then|soon|has|have|been|would)){0,3} (?:doubl(?:es?|ed)|tripl(?:es?|ed)|quadrupl(?:es?|ed)|halv(?:es?|ed))(?![a-z])/giu,
);
/** Words by which a negative change is said without its sign. */
const LESS = lazyPattern(
  () =>
    /(?<!\p{L})(?:less|fewer|lower|fell|falls?|fallen|down|dropped|drops?|decreas\w{1,5}|reduc\w{1,6}|cheaper|declined|below|shrank|cut|saved|weniger|gesunken|niedriger|gefallen|günstiger|reduzier\w{1,4}|moins|baiss\w{1,5}|diminu\w{1,6}|réduit\w{0,3}|menos|baj\w{1,5}|redu\w{1,7}|meno|calat\w|diminui\w{1,4}|desceu|baixou|minder|lager|gedaald|goedkoper|mniej|spad\w{1,4}|niższ\w{1,4}|mindre|lägre|sjunk\w{1,4}|minskat?|azal\w{1,5}|düş\w{1,5}|меньше|снизил\w{1,4}|упал\w{0,2})(?!\p{L})|减少|下降|降低|減少|低い|감소/iu,
);
/** Words by which less than nothing is said. */
const OWED = lazyPattern(
  () =>
    /(?<!\p{L})(?:owe[sd]?|owing|debt|debit|overdrawn|minus|negative|shortfall|deficit|arrears|outstanding|due|schuld\p{L}*|fehl\p{L}*|negativ\p{L}*|offen\p{L}*|rückstand|manqu\p{L}*|dette|devez|doit|négati\p{L}*|débiteur|deb[eo]\p{L}*|deuda|adeud\p{L}*|falta\p{L}*|manca\p{L}*|dev[eo]\p{L}*|dívida|tekort|rood|debet|zadłuż\p{L}*|zaleg\p{L}*|dług\p{L}*|ujemn\p{L}*|skuld\p{L}*|minus\p{L}*|borç\p{L}*|eksi|долг\p{L}*|задолж\p{L}*|заборг\p{L}*|минус)(?!\p{L})|欠|不足|マイナス|부족|미납|مدين|سالب/iu,
);
/** Characters around a share in which such a word is looked for. */
const AROUND = 40;

/** Takes percentages. */
export function readPercentages(reading: Reading, language: string): void {
  for (const pattern of [SHARED_PERCENT(), PERCENTAGE(), PERCENT_FIRST()]) {
    take(reading, pattern, (match) => {
      const numbers = numberKeys(match.groups?.number ?? '', language);
      const keys = numbers.map((key) => `percentage:${key}`);
      const around = match.input.slice(Math.max(0, match.index - AROUND), match.index + match[0].length + AROUND);
      const negative = LESS().test(around)
        ? numbers.map((key) => `percentage:${key.replace('number:', 'number:-')}`)
        : [];
      return [{ kind: 'percentage', needs: [...keys, ...negative], offers: keys }];
    });
  }
}

/** Takes amounts of money, then whatever speaks of money or percents without a number in digits. */
export function readAmounts(reading: Reading, language: string, hasDigits = true): void {
  if (hasDigits && ANY_CURRENCY().test(reading.text)) readAmountsInDigits(reading, language);
  if (language.toLowerCase().startsWith('en')) take(reading, MULTIPLIED(), ([words]) => [claim('amount', `in words ${words.toLowerCase()}`)]);
  take(reading, IN_WORDS(), ([words]) => [claim('amount', `in words ${words.toLowerCase()}`)]);
}

function readAmountsInDigits(reading: Reading, language: string): void {
  for (const pattern of [WITH_MINOR(), CENTS_BEHIND()]) {
    take(reading, pattern, ({ groups = {} }) => {
      const currency = currencyOf(groups.currency ?? '');
      const number = `${groups.number}.${(groups.minor ?? '').padStart(2, '0')}`;
      return currency === undefined ? undefined : [amountClaim(currency, numberKeys(number, 'en'))];
    });
  }
  take(reading, CURRENCY_FIRST_RANGE(), ({ groups = {} }) => {
    const currency = currencyOf(groups.currency ?? '');
    return currency === undefined
      ? undefined
      : [groups.number ?? '', groups.second ?? ''].map((number) => amountClaim(currency, numberKeys(number, language)));
  });
  for (const pattern of [SHARED_CURRENCY(), CURRENCY_FIRST(), NUMBER_FIRST()]) {
    take(reading, pattern, (match) => {
      const { groups = {} } = match;
      const currency = currencyOf(groups.currency ?? '');
      return currency === undefined
        ? undefined
        : [owedClaim(amountClaim(currency, numberKeys(`${groups.minus ?? ''}${groups.number ?? ''}`, language)), match)];
    });
  }
  if (language.toLowerCase().startsWith('en')) {
    take(reading, PENCE(), ({ groups = {} }) => [amountClaim('pence', numberKeys(groups.number ?? '', language))]);
  }
}

/** A negative amount is said without its sign. */
function owedClaim(body: ClaimBody, { input, index, 0: written }: RegExpExecArray): ClaimBody {
  const around = input.slice(Math.max(0, index - AROUND), index + written.length + AROUND);
  return OWED().test(around) || LESS().test(around)
    ? { ...body, needs: [...body.needs, ...body.needs.map((key) => key.replace(/ number:/, ' number:-'))] }
    : body;
}

/** The claim that so much of a currency is meant. Hundredths prove the whole unit, and the other way round. */
export function amountClaim(currency: string, numbers: readonly string[]): ClaimBody {
  const keys = (name: string, values: readonly string[]) => values.map((number) => `amount:${name} ${number}`);
  const whole = MINOR_UNITS.get(currency) ?? [];
  const hundredths = [...MINOR_UNITS].filter(([, wholes]) => wholes.includes(currency)).map(([minor]) => minor);
  return {
    kind: 'amount',
    needs: keys(currency, numbers),
    offers: [
      ...provedCurrencies(currency).flatMap((name) => keys(name, numbers)),
      ...whole.flatMap((name) => keys(name, shiftedKeys(numbers, -2))),
      ...hundredths.flatMap((name) => keys(name, shiftedKeys(numbers, 2))),
    ],
  };
}
