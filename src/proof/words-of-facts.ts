import { NEGATION } from './citations/find-reversed';
import { CONTACT_KINDS } from './claims/claim';
import { extractClaims } from './claims/extract-claims';
import { foldText } from './claims/folded-text';

/** They join what facts say and say nothing themselves; words of at most two letters count as such. */
const JOINING = new Set((
  'and the for from with your our until till between through and both per '
  + 'und der die das den dem des von bis mit für vom zum zur ihr ihre ihren ihrem ihrer unser unsere uhr sowie '
  + 'les des une aux pour avec par votre vos nos notre dès jusqu sur dans heures '
  + 'del las los una uno por para con sus hasta desde entre horas '
  + 'dal dalle alle della delle dei per con fino tra ore '
  + 'das dos uma por para com até entre horas '
  + 'van voor met tot het een uur '
  + 'oraz lub dla przy pod godz godziny '
  + 'och med från till mellan för klockan '
  + 'ile saat kadar arası arasında için '
  + 'din până pentru între ora orele '
  + 'для при час часов '
  + 'من في إلى على حتى مع الساعة أو'
).split(' '));

/** Letters of two words that may be forms of one word: how many at the least, and how many may differ at the end. */
const STEM = 4;
const ENDING = 3;

/**
 * True for a value that is put together from these texts: each of its words is one of theirs, in any form, and it holds
 * one of them or a figure at least. Figures, dates and the like are judged by what they claim. Words of scripts without
 * spaces are looked for as they stand.
 */
export function isMadeOf(value: string, texts: readonly string[], language: string): boolean {
  const known = texts.flatMap((text) => wordsOf(foldText(text)));
  const [all, whole] = [new Set(known), texts.join('\n').toLowerCase()];
  const isKnown = (word: string) => all.has(word) || (
    SPACELESS.test(word) ? whole.includes(word) : known.some((other) => isForm(word, other))
  );
  const { rest, hasFigures } = withoutFigures(foldText(value), language);
  const words = wordsOf(rest);
  return words.every((word) => isJoining(word) || isKnown(word)) && (
    hasFigures || words.some((word) => isKnown(word) && !JOINING.has(word))
  );
}

/** Addresses and numbers of telephones stay: they stand in the facts letter by letter. */
function withoutFigures(folded: string, language: string) {
  const claims = extractClaims({ text: folded, spans: [] }, language);
  const figures = claims.filter(({ kind }) => !CONTACT_KINDS.includes(kind));
  // Where figures are found, number words are digits in the text that was read.
  const units = (figures[0]?.text ?? folded).split('');
  for (const { start, end } of figures) units.fill(' ', start, end);
  return { rest: units.join(''), hasFigures: claims.length > 0 };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().replaceAll('i\u0307', 'i').match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** A denial is never left out of account, however short it is. */
function isJoining(word: string): boolean {
  return JOINING.has(word) || (word.length <= 2 && !SPACELESS.test(word) && !NEGATION.test(word));
}

function isForm(word: string, other: string): boolean {
  const longest = Math.max(word.length, other.length);
  let same = 0;
  while (same < longest && word[same] === other[same]) same += 1;
  return same >= Math.max(STEM, longest - ENDING);
}

const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
