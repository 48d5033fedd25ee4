/** How the engine was called, so that a printed command line runs as it is printed. */
export const DEFAULT_CALL = 'npx projen engine --';

/** Words as a shell reads them back, each exactly. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
