import { plainWord } from '../names/vocabulary';
import { tables } from '../words/tables';

let byWord: ReadonlyMap<string, readonly string[]> | undefined;

function conceptsOf(word: string): readonly string[] | undefined {
  byWord ??= collect();
  return byWord.get(word);
}

function collect(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>();
  for (const [concept, words] of Object.entries(tables().concepts)) {
    for (const word of words.split(' ')) map.set(word, [...(map.get(word) ?? []), concept]);
  }
  return map;
}

/** Words that say nothing of what a figure is about. */
const EMPTY_WORDS = new Set(
  (
    'the a an out is are was were be been will would can could may of in on at for with by and or but your our you '
    + 'we us it its this that these there here please has have had not no so as than then der die das den dem des '
    + 'ein eine einen ' +
    'ist sind und oder mit fur ihr ihre wir sie le la les un une est et pour avec votre el los las una es son y '
    + 'para con su il lo gli e per suo o os as um uma de em com seu het een en voor met uw your which what also '
    + 'only just ' +
    'betrag montant importe importo bedrag kwota belopp tutar сумма сума ' +
    'vous nous ihnen ' +
    'all both each name id number value amount currency data info details item items list project company'
  ).split(' '),
);

/** `check_in` and "check in" are one word each, or the little word that separates them is lost. */
const COMPOUND = /\b(check|sign|drop|pick|move|log)[ _-](in|out|off|up)\b/giu;

/** The words of a text that may say what a figure is about. */
export function tellingWords(text: string): readonly string[] {
  return (text.replace(COMPOUND, '$1$2').match(/[\p{L}\p{M}]+/gu) ?? [])
    .map(plainWord)
    .filter((word) => !EMPTY_WORDS.has(word) && (word.length > 1 || /[^\u0000-\u024F]/u.test(word)));
}

/** How well two words agree: one for the same word in any form, a little less for the same meaning. */
export function agreement(one: string, other: string): number {
  if (one === other) return 1;
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  if (shared >= 4 && shared >= Math.min(one.length, other.length) - 2) return 1;
  // Abbreviations: `sab` for "sabato", `max` for "maximum".
  if (shared === 3 && Math.min(one.length, other.length) === 3) return 0.8;
  if (shared >= 3 && Math.max(one.length, other.length) - shared <= 1) return 1;
  // Scripts without spaces: one is part of the other.
  if (
    /[\u3040-\uD7AF]/u.test(one) &&
    one.length > 1 &&
    other.length > 1 &&
    (one.includes(other) || other.includes(one))
  ) {
    return 1;
  }
  const concepts = conceptsOf(one);
  return concepts && conceptsOf(other)?.some((concept) => concepts.includes(concept)) ? 0.8 : 0;
}
