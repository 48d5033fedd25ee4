/** What the bytes 0x80 to 0x9F mean in Windows-1252; the five that mean nothing stay. */
const MEANT = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const FIRST = 0x80;

/**
 * Some versions of Node.js read Windows-1252 as Latin-1 (nodejs/node#56542): the euro sign, the dashes and the curly
 * quotation marks of Western mail programs become control characters, which no text has otherwise.
 */
export function withWindowsCharacters(text: string): string {
  return text.replaceAll(/[\u0080-\u009f]/g, (control) => MEANT[control.charCodeAt(0) - FIRST] ?? control);
}
