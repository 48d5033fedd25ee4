/**
 * Lines of a mail that are parsed at most. The parser takes some 40 microseconds a line and 160 a part, however short:
 * a mail of a million lines would take longer than the function lives.
 */
const MOST_LINES = 10_000;

/** Lines of one encoded part that are looked at: more than is kept of any text, whatever its alphabet. */
const MOST_ENCODED_LINES = 1_500;

const LINE_FEED = 0x0a;
/** Lines of base64 have 76 characters, but for the last one. */
const ENCODED = /^[A-Za-z0-9+/]{57,998}={0,2}\r?$/;

export interface BoundedMail {
  readonly content: Buffer;
  /** Lines behind the last one that is looked at were left out. */
  readonly isCut: boolean;
}

/** A mail without most of its pictures and files, which nobody keeps, and of a bounded number of lines. */
export function boundedMail(content: Buffer): BoundedMail {
  const kept: Buffer[] = [];
  let encoded = 0;
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found === -1 ? content.length : found + 1;
    encoded = isEncoded(content, start, end) ? encoded + 1 : 0;
    if (encoded <= MOST_ENCODED_LINES) kept.push(content.subarray(start, end));
    start = end;
    if (kept.length >= MOST_LINES && start < content.length) return { content: Buffer.concat(kept), isCut: true };
  }
  return { content: Buffer.concat(kept), isCut: false };
}

function isEncoded(content: Buffer, start: number, end: number): boolean {
  return end - start <= 1_000 && ENCODED.test(content.toString('latin1', start, end).replace('\n', ''));
}

/** Headers by which a mail is told apart when the rest of it cannot be read. */
const TELLING = /^(?:from|sender|message-id|auto-submitted|precedence|return-path|x-auto-response-suppress):/i;
const LONGEST_HEADER = 2_000;

/** A mail of these headers alone, the first of each. */
export function tellingHeaders(content: Buffer): Buffer {
  const found = new Map<string, string>();
  let current: string | undefined;
  for (const line of content.toString('latin1').split('\n', MOST_LINES)) {
    const text = line.replace(/\r$/, '');
    if (text === '') break;
    if (/^[ \t]/.test(text)) {
      const begun = current === undefined ? undefined : found.get(current);
      if (current !== undefined && begun !== undefined) found.set(current, `${begun}\r\n${text}`.slice(0, LONGEST_HEADER));
      continue;
    }
    const name = TELLING.exec(text)?.[0].toLowerCase();
    current = name !== undefined && !found.has(name) ? name : undefined;
    if (current !== undefined) found.set(current, text.slice(0, LONGEST_HEADER));
  }
  return Buffer.from([...found.values(), '', ''].join('\r\n'), 'latin1');
}
