/** English number words that are other words in these languages. */
const OTHER_WORDS: Readonly<Record<string, RegExp>> = {
  nl: /^(?:ten|dozen)$/i, pl: /^ten$/i, cs: /^ten$/i, sk: /^ten$/i, tr: /^(?:ten|on)$/i,
};

/** An English number word is another word in the language. */
export function isAnotherWord(word: string, language: string): boolean {
  const primary = language.slice(0, 2).toLowerCase();
  return Object.hasOwn(OTHER_WORDS, primary) && OTHER_WORDS[primary]?.test(word) === true;
}
