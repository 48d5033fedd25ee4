import { lazyPattern } from './lazy-pattern';
import type { ClaimBody, Reading } from './claim';
import { claim, take } from './claim';
import { LABEL, LETTER, WORD, WORD_END, WORD_START } from './word-boundary';

/** Top-level names that make even a broken-up `example .com` a link. Written in one word, any dotted name is one. */
const COMMON_ENDINGS =
  '(?:com|net|org|info|biz|io|co|uk|eu|de|fr|es|ru|cn|xyz|top|online|site|shop|store|click|link|app|dev|me|ly|example)';

/** Those that are not a word of a language in which one says `punto` or `point`. */
const ENDINGS_THAT_ARE_NO_WORDS = '(?:com|net|org|info|biz|uk|ru|cn|xyz|example)';

const WITH_SCHEME = lazyPattern(() => new RegExp(`${WORD_START}[a-z][a-z0-9+.-]{1,20}:\\/\\/\\S*`, 'giu'));
const OPENS_SOMETHING = lazyPattern(
  () =>
    new RegExp(
      `${WORD_START}(?:javascript|vbscript|data|file|tel|sms|mailto|whatsapp|intent|market|facetime|skype):\\S*`,
      'giu',
    ),
);
/** A mention (`@name`) leads somewhere as an address does. */
const WITH_AT_SIGN = /(?<!\S)[^\s@]*@\S*/gu;
const BROKEN_UP: readonly RegExp[] = [
  /\/\//gu,
  /[[({<] ?(?:\.|dot|punkt|punto|point|ponto) ?[\])}>]/giu,
  /[[({<] ?(?:at|@|arroba) ?[\])}>]/giu,
  new RegExp(`(?<=${WORD}[ "'*,./:|_-]{1,3})dot(?=[ "'*,./:|_-]{1,3}${WORD})`, 'giu'),
  new RegExp(
    `(?<=${WORD} )(?:punkt|punto|point|ponto|period|full stop)(?= ${ENDINGS_THAT_ARE_NO_WORDS}${WORD_END})`,
    'giu',
  ),
  new RegExp(`(?<=${WORD}) \\. (?=${LETTER})`, 'gu'),
  new RegExp(`(?<=${WORD}) \\.(?:${COMMON_ENDINGS}|COM|ORG|INFO|BIZ)${WORD_END}`, 'gu'),
  // In small letters only: a sentence may begin with such a word.
  new RegExp(`(?<=${WORD})\\. ${COMMON_ENDINGS}${WORD_END}`, 'gu'),
  new RegExp(`${WORD_START}(?:https?|hxxps?) ?: ?\\/ ?\\/?`, 'giu'),
  new RegExp(`${WORD_START}(?:https?|hxxps?|www(?!\\.${LABEL}))${WORD_END}`, 'giu'),
];
const INTERNET_NUMBER = lazyPattern(
  () => new RegExp(`(?=\\d)(?<![.])${WORD_START}\\d{1,3}(?:\\.\\d{1,3}){3}(?:[/:]\\S*)?${WORD_END}`, 'gu'),
);
const DOTTED = lazyPattern(() => new RegExp(`(?<!${LABEL})${LABEL}+(?:\\.${LABEL}+)+(?:[/?#]\\S+|:\\d\\S*)?`, 'gu'));

const TOP_LEVEL = lazyPattern(() => new RegExp(`^(?:${LETTER}{2,}|xn--.*)$`, 'u'));

/**
 * Dotted abbreviations, written with capitals, that are not links; those that end in one letter (`Ph.D`, `e.g`) need no
 * entry. The list is closed.
 */
const ABBREVIATIONS = new Set(
  (
    'b.sc m.sc b.ed m.ed b.eng m.eng b.com m.com b.tech m.tech b.phil m.phil d.phil b.arch cert.ed dip.ed ' +
    'sig.ra sig.na sig.re sig.ri dott.ssa dr.ssa prof.ssa avv.ssa dr.in gent.mo gent.ma gent.le egr.gio spett.le '
    + 'ill.mo ill.ma sr.ta'
  ).split(' '),
);
/** `dott.ssa`, in capitals or not: no top-level domain is called so. */
const ITALIAN_TITLE = 'ssa';
/** Endings of file names that are not top-level domains. The list is closed. */
const FILE_ENDINGS = new Set('pdf doc docx odt rtf txt jpg jpeg png xlsx js'.split(' '));

/** Takes links, addresses and mentions, broken-up ones too: `example[.]com`, `name (at) example dot com`. */
export function readContacts(reading: Reading): void {
  take(reading, WITH_SCHEME(), ([match]) => [claim('link', canonicalLink(match))]);
  take(reading, OPENS_SOMETHING(), ([match]) => [claim('link', match)]);
  take(reading, WITH_AT_SIGN, ([match]) => [
    claim('address', withoutPunctuation(match.replace(/^[([<{'"]+/u, ''), '.,;:!?)]}\'">').toLowerCase()),
  ]);
  // Nothing offers these: a fact that is written so proves nothing either.
  for (const pattern of BROKEN_UP) take(reading, pattern, ([match]) => [unprovable(match)]);
  take(reading, INTERNET_NUMBER(), ([match]) => [claim('link', canonicalLink(match))]);
  take(reading, DOTTED(), (match) => dottedName(match[0], match.input[match.index - 1]));
}

function unprovable(written: string): ClaimBody {
  return { kind: 'link', needs: [`link:broken up ${written}`], offers: [] };
}

/** What is glued to the front of a name (`x/example.com`, `?u=example.com`) makes another link of it. */
function dottedName(match: string, before: string | undefined): readonly ClaimBody[] | undefined {
  const [name = ''] = match.toLowerCase().split(/[/:?#]/u, 1);
  const [ending = '', ...rest] = name.split('.').reverse();
  if (!TOP_LEVEL().test(ending)) return undefined;
  if (
    name === match.toLowerCase() &&
    ((ABBREVIATIONS.has(name) && (/^\p{Lu}/u.test(match) || ending === ITALIAN_TITLE)) ||
      (rest.length === 1 && FILE_ENDINGS.has(ending)))
  ) {
    return undefined;
  }
  return [
    before !== undefined && '/\\@=&%~+^#'.includes(before) ? unprovable(match) : claim('link', canonicalLink(match)),
  ];
}

/**
 * Scheme and host without regard to case, https where no scheme is written; everything behind the host exactly as it
 * is.
 */
function canonicalLink(written: string): string {
  const trimmed = withoutPunctuation(written, '.,;:!?)]}\'">»”');
  const [, scheme = 'https', host = '', rest = ''] = /^(?:([^:/?#]+):\/\/)?([^/?#]*)(.*)/su.exec(trimmed) ?? [];
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${rest === '/' ? '' : rest}`;
}

/** What ends a sentence is not part of a link. By hand: a pattern tries again from each of the signs. */
function withoutPunctuation(written: string, signs: string): string {
  let end = written.length;
  while (end > 0 && signs.includes(written[end - 1] ?? '')) end -= 1;
  return written.slice(0, end);
}
