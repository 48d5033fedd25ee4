import type { Vocabulary } from '../names/vocabulary';
import { plainWord } from '../names/vocabulary';

/** The commonest little words of each language, without accents; by them a text is recognised. */
const LITTLE_WORDS: Readonly<Record<string, string>> = {
  en: 'the and is are was were you your we our to of for with at on in this that it be will have has from by not as '
    + 'please can if or but they there an us until before after no any all been would when',
  de: 'der die das den dem des und ist sind war wir sie ihr ihre ihren ihrem ihnen ein eine einen einem einer mit von '
    + 'zu zum zur auf fur nicht bei am im um bitte haben hat wird werden kann konnen als auch nach bis oder unser uns',
  fr: 'le la les des du et est sont vous votre vos nous notre un une dans pour avec sur au aux ce cet cette ces pas ne '
    + 'que qui de en se a ont sera serez avez par plus il elle merci bonnes ete',
  es: 'el la los las y a de es son su sus usted nosotros nuestro nuestra un una en para con por del al que no se de ha han '
    + 'esta estan sera puede le ya hay o si lo tiene mas hasta desde',
  it: 'il la lo i gli le e sono suo sua suoi voi noi nostro nostra un una in per con su del della dei alle alla al che '
    + 'non si di ha hanno sara puo da nel nella ci piu fino dal dalle',
  pt: 'o a os as e sao seu sua voce nos nosso nossa um uma em para com por do da dos das no na ao que nao se de tem '
    + 'sera pode ate esta estao foi mais ou ja pelo pela lhe',
  nl: 'de het een en is zijn u uw wij we ons onze in voor met op van te niet bij om aan dat die deze dit heeft hebben '
    + 'wordt kan kunt tot als ook naar nog er of maar graag',
  pl: 'i w na z do jest sa panstwa pan pani nie sie ze o od dla po za ma oraz to bedzie przez lub prosimy pana moze '
    + 'mozna jako przy aby nasz nasze czy',
  sv: 'och ar att i pa for med av den det en ett du din ditt dina vi var vart till inte har som kan om fran ska blir '
    + 'eller ni er era vid efter kl',
  da: 'og er at i pa for med af den det en et du din dit dine vi vores til ikke har som kan om fra skal bliver eller '
    + 'ved efter kl jeres',
  nb: 'og er at i pa for med av den det en et du din ditt dine vi var vart til ikke har som kan om fra skal blir eller '
    + 'ved etter kl deres',
  tr: 've bir bu icin ile siz size sizi sizin biz bize da de mi olarak icin olan var yok saat gun kadar lutfen daha '
    + 'sonra once',
};

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
  const made = new Set(Object.hasOwn(LITTLE_WORDS, language) ? LITTLE_WORDS[language]?.split(' ') : []);
  lists.set(language, made);
  return made;
}

/** A text that is written in another language than the template's, as far as its little words or its script tell. */
export function isInAnotherLanguage(text: string, language: string, vocabulary: () => Vocabulary): boolean {
  const [primary = ''] = language.toLowerCase().split('-');
  const own = primary === 'no' ? 'nb' : primary;
  const all = text.match(/[\p{L}\p{M}']+/gu) ?? [];
  if (Object.hasOwn(SCRIPTS, own)) return SCRIPTS[own]?.test(text) === false && countForeign(all, own, vocabulary) > 0;
  if (!Object.hasOwn(LITTLE_WORDS, own)) return false;
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
  const counts = Object.keys(LITTLE_WORDS).filter((other) => other !== own && !NEIGHBOURS.has(`${own} ${other}`))
    .map((other) => {
      const otherWords = littleWords(other);
      if (words.some((word) => ownWords.has(word) && !otherWords.has(word))) return 0;
      return words.filter((word) => otherWords.has(word) && !ownWords.has(word) && !vocabulary().has(word)).length;
    });
  const most = Math.max(...counts);
  return most >= FEWEST_LITTLE_WORDS ? most : 0;
}
