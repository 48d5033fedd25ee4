import { plainWord } from '../names/vocabulary';
import { tables } from '../words/tables';

/** The lists of beginnings that mean the same in several languages, as far as a word of the text has one of each. */
export function beginningsIn(text: string): ReadonlyArray<readonly string[]> {
  const said = (text.match(/[\p{L}\p{M}]+/gu) ?? []).map(plainWord);
  return tables().sameInLanguages.map((list) => list.split(' '))
    .filter((beginnings) => beginnings.some((beginning) => said.some((word) => word.startsWith(beginning))));
}
