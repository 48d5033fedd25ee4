import type { Vocabulary } from '../names/vocabulary';
import { plainWord } from '../names/vocabulary';
import { tables } from '../words/tables';

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ru: /\p{Script=Cyrillic}/u, uk: /\p{Script=Cyrillic}/u, bg: /\p{Script=Cyrillic}/u, sr: /\p{Script=Cyrillic}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, zh: /\p{Script=Han}/u, ko: /\p{Script=Hangul}/u,
  ar: /\p{Script=Arabic}/u, fa: /\p{Script=Arabic}/u, he: /\p{Script=Hebrew}/u, hi: /\p{Script=Devanagari}/u,
  el: /\p{Script=Greek}/u, th: /\p{Script=Thai}/u,
};
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Greek}\p{Script=Thai}]/u;

/** Words of a text at least, and little words of another language at least, before it counts as written in that. */
const FEWEST_WORDS = 4;
const FEWEST_LITTLE_WORDS = 2;
/** Languages that share their little words: a text in one tells nothing of the other. */
const NEIGHBOURS = new Set(['da nb', 'nb da']);

const lists = new Map<string, ReadonlySet<string>>();

function littleWords(language: string): ReadonlySet<string> {
  const known = lists.get(language);
  if (known) return known;
  const { littleWords: byLanguage } = tables();
  const made = new Set(Object.hasOwn(byLanguage, language) ? byLanguage[language]?.split(' ') : []);
  lists.set(language, made);
  return made;
}

/** A text that is written in another language than the template's, as far as its little words or its script tell. */
export function isInAnotherLanguage(text: string, language: string, vocabulary: () => Vocabulary): boolean {
  const [primary = ''] = language.toLowerCase().split('-');
  const own = primary === 'no' ? 'nb' : primary;
  const all = text.match(/[\p{L}\p{M}']+/gu) ?? [];
  if (Object.hasOwn(SCRIPTS, own)) return SCRIPTS[own]?.test(text) === false && countForeign(all, own, vocabulary) > 0;
  if (!Object.hasOwn(tables().littleWords, own)) return false;
  const inOther = all.filter((word) => OTHER_SCRIPT.test(word));
  const unknown = inOther.filter((word) => !vocabulary().holds(word));
  if (unknown.length > 0 && inOther.join('').length * 2 > all.join('').length) return true;
  return countForeign(all, own, vocabulary) > 0;
}

/** Little words of the language that fits best, where hardly any is of the own one; none where they decide nothing. */
function countForeign(all: readonly string[], own: string, vocabulary: () => Vocabulary): number {
  if (all.length < FEWEST_WORDS) return 0;
  const words = [...new Set(all.map(plainWord))];
  const ownWords = littleWords(own);
  const counts = Object.keys(tables().littleWords).filter((other) => other !== own && !NEIGHBOURS.has(`${own} ${other}`))
    .map((other) => {
      const otherWords = littleWords(other);
      if (words.some((word) => ownWords.has(word) && !otherWords.has(word))) return 0;
      return words.filter((word) => otherWords.has(word) && !ownWords.has(word) && !vocabulary().has(word)).length;
    });
  const most = Math.max(...counts);
  return most >= FEWEST_LITTLE_WORDS ? most : 0;
}
