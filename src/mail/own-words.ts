import EmailReplyParser from 'email-reply-parser';

/**
 * Characters that the library sees at most. Its expressions take time that grows with the square of a text or faster,
 * so that a longer one could stop the function; the expressions of the other libraries take even more.
 */
const WINDOW = 8_000;

/** Ends of lines in all their forms, and blank lines in a row, on which the library spends most. */
const LINE_END = /\r\n?/g;
const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/g;

const parser = new EmailReplyParser();

/**
 * What the writer of a mail wrote, without the mail that is quoted below or between it, and without a signature. Behind
 * a beginning without any quote, the words of a long mail are all taken for the writer's own.
 */
export function ownWords(text: string): string {
  const plain = text.replaceAll(LINE_END, '\n').replaceAll(BLANK_LINES, '\n\n').trim();
  const seen = plain.slice(0, WINDOW);
  const own = parser.parseReply(seen).trim();
  const isAllOwn = own === seen.trim();
  return isAllOwn ? plain : own;
}
