/**
 * A number as it is written: with groups of thousands by apostrophe or space, or with any points and commas. Every
 * repetition is bounded, so that
 * no text makes a reader slow.
 */
export const NUMBER =
  `(?:\\d{1,3}(?:'\\d{3}){1,5}(?:[.,]\\d+)?|\\d{1,3}(?: \\d{3}){1,4}(?:[.,]\\d+)?(?!\\d)|\\d+(?:[.,]\\d+){0,5})`;

const decimalSeparators = new Map<string, string>();

/** The decimal separator of a language's main region; the English one where the language is unknown. */
export function decimalSeparator(language: string): string {
  const known = decimalSeparators.get(language);
  if (known !== undefined) return known;
  const [locale = 'en'] = supportedLocale(language);
  const separator =
    new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  if (decimalSeparators.size >= 100) decimalSeparators.clear();
  decimalSeparators.set(language, separator);
  return separator;
}

/** Empty where the tag is malformed or Node.js knows nothing of its language. */
export function supportedLocale(language: string): readonly string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([language]);
  } catch {
    return [];
  }
}

/**
 * Keys of a number, its value first: `number:1234.5`. Where one separator before three digits can mean both, the
 * language decides, and the
 * spelling itself is a second key. What is not a plain number (a version, a number with leading zeros) has its spelling
 * as only key.
 */
export function numberKeys(literal: string, language: string): readonly string[] {
  const plain = literal.replace(/[' ]/g, '');
  const sign = plain.startsWith('-') ? '-' : '';
  const unsigned = plain.replace(/^-/, '');
  const spelling = `spelling:${plain}`;
  if (/^\d+$/.test(unsigned)) {
    return unsigned.length > 1 && unsigned.startsWith('0') ? [spelling] : [`number:${sign}${unsigned}`];
  }
  const separators = unsigned.replace(/\d/g, '');
  const last = separators.slice(-1);
  const kinds = new Set(separators).size;
  if (kinds === 2) {
    const [whole = '', fraction = ''] = splitAtLast(unsigned, last);
    return groups(whole, last === '.' ? ',' : '.') ? [decimal(sign, whole, fraction)] : [spelling];
  }
  if (separators.length > 1) return groups(unsigned, last) ? [decimal(sign, unsigned, '')] : [spelling];
  const [whole = '', fraction = ''] = splitAtLast(unsigned, last);
  const mayGroup = fraction.length === 3 && whole.length <= 3 && !whole.startsWith('0');
  if (whole.length > 1 && whole.startsWith('0')) return [spelling];
  if (!mayGroup) return [decimal(sign, whole, fraction)];
  return [
    last === decimalSeparator(language) ? decimal(sign, whole, fraction) : decimal(sign, whole + fraction, ''),
    spelling,
  ];
}

/** The key of a JSON number; undefined for one that is not written out in digits. */
export function exactNumberKey(value: number): string | undefined {
  const digits = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(digits)) return undefined;
  const [whole = '', fraction = ''] = digits.replace(/^-/, '').split('.');
  return decimal(digits.startsWith('-') ? '-' : '', whole, fraction);
}

/** The keys of numbers with the decimal point moved: by -2, `number:5300` becomes `number:53`. */
export function shiftedKeys(keys: readonly string[], places: number): readonly string[] {
  return keys.flatMap((key) => {
    const [, sign = '', whole = '', fraction = ''] = /^number:(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(key) ?? [];
    if (whole === '') return [];
    const digits = `${whole.padStart(Math.max(0, -places) + 1, '0')}${fraction.padEnd(Math.max(0, places), '0')}`;
    const point = Math.max(whole.length, Math.max(0, -places) + 1) + places;
    return [decimal(sign, digits.slice(0, point), digits.slice(point))];
  });
}

function splitAtLast(text: string, separator: string): readonly string[] {
  const place = text.lastIndexOf(separator);
  return [text.slice(0, place), text.slice(place + 1)];
}

/** Groups of three, or of two before the last three as India writes them. */
function groups(whole: string, separator: string): boolean {
  const [first = '', ...rest] = whole.split(separator);
  if (!/^[1-9]\d{0,2}$/.test(first) || rest.length === 0) return false;
  const [lastGroup = '', ...middle] = [...rest].reverse();
  return (
    lastGroup.length === 3 &&
    (middle.every((part) => part.length === 3) || (first.length <= 2 && middle.every((part) => part.length === 2)))
  );
}

function decimal(sign: string, whole: string, fraction: string): string {
  const digits = whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '') || '0';
  const rest = withoutEndingZeros(fraction);
  return `number:${sign}${digits}${rest === '' ? '' : `.${rest}`}`;
}

/** By hand: as a pattern, a long run of zeros before another digit takes quadratic time. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
