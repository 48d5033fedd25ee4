/** Why a message does not go, by the keys 1 to 9; the client reads the words, so they name nobody. */
export const REJECT_REASONS = [
  'The facts are wrong or out of date.',
  'The message says what the facts do not.',
  'The message is not needed any more.',
  'The wording is unclear.',
  'The tone is not right.',
  'It goes to the wrong recipient.',
  'It says what should not be said in a message.',
] as const;
