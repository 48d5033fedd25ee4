/** What the sender's mail program says of a mail. */
export interface MailHeaders {
  /** The first value of a header, by its name in lower case. */
  readonly get: (name: string) => string | undefined;
}

const BULK: readonly string[] = ['bulk', 'list', 'junk', 'auto_reply'];

/**
 * Whether a program wrote a mail: by what it says of itself (RFC 3834), by the habits of older programs, or since it
 * asks for no answer at all (an empty return path, as of a report of non-delivery).
 */
export function isAutomatic(headers: MailHeaders, returnPath: string | undefined): boolean {
  const submitted = firstWord(headers.get('auto-submitted') ?? 'no');
  return submitted !== 'no'
    || BULK.includes(firstWord(headers.get('precedence') ?? ''))
    || headers.get('x-auto-response-suppress') !== undefined
    || headers.get('x-autoreply') !== undefined
    || headers.get('x-autorespond') !== undefined
    || returnPath === ''
    || headers.get('return-path')?.replaceAll(/\s/g, '') === '<>';
}

/** Parameters and comments may follow it. */
function firstWord(value: string): string {
  return /^\s*([\w-]*)/.exec(value)?.[1]?.toLowerCase() ?? '';
}
