/** A clause of a text. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

const CLAUSE = /[^.;!?,:\n。；！？，、]+/gu;
const CONJUNCTION =
  /(?<!\p{L})(?:and|but|or|while|und|aber|oder|während|et|mais|ou|y|pero|e|ma|mas|en|maar|och|men|i|ale|ve|ama|и|но|а)(?!\p{L})/iu;

/** The clauses of a text: what stands between signs and conjunctions. */
export function clausesOf(text: string): readonly Clause[] {
  return [...text.matchAll(CLAUSE)].flatMap(({ 0: sentence, index }) => {
    let from = index;
    return sentence.split(CONJUNCTION).map((words) => {
      const start = text.indexOf(words, from);
      from = start + words.length;
      return { start, end: from, words };
    });
  }).filter(({ words }) => words.trim() !== '');
}
