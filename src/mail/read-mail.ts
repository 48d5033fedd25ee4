import { randomUUID } from 'node:crypto';
import type { Address, Email } from 'postal-mime';
import PostalMime from 'postal-mime';
import type { InboundMessage, RawMail } from '../core/ports/receipt';
import { parseReplyAddress } from '../core/recipient/reply-address';
import { sha256 } from '../core/sha256';
import { isAutomatic } from './automatic-mail';
import { boundedMail, tellingHeaders } from './bounded-mail';
import { ownWords } from './own-words';
import { withWindowsCharacters } from './windows-1252';

/** What the parser follows at most. Mail programs nest a few parts; a mail of thousands is there to stop its reader. */
const BOUNDS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 0 };

/** Characters that are kept of a mail: a person who writes more is read by a person. */
const LONGEST = 20_000;

/** Characters of HTML that are turned into text: mail programs write a few hundred around each word. */
const LONGEST_HTML = 500_000;

/** Hex digits of a mail's identifier. */
const IDENTIFIER_DIGITS = 40;

/** Stands for the words of a mail whose form is there to stop its reader. */
const UNREADABLE = '[the mail could not be read: its headers or parts are more than the engine follows]';

/** Undefined if the mail names no sender. */
export async function readMail({ content, recipients, returnPath }: RawMail): Promise<InboundMessage | undefined> {
  const bounded = boundedMail(content);
  const parsed = await parse(bounded.content);
  const mail = parsed ?? (await parse(tellingHeaders(content)));
  const from = mailbox(mail?.from) ?? mailbox(mail?.sender) ?? (returnPath || undefined);
  if (!mail || from === undefined) return undefined;
  const token = recipients.map(parseReplyAddress).find((found) => found !== undefined);
  const text = parsed ? wordsOf(withWindowsCharacters(await plainText(parsed))) : UNREADABLE;
  const isLong = text.length > LONGEST;
  const headers = new Map([...mail.headers].reverse().map(({ key, value }) => [key, value]));
  const messageId = mail.messageId ?? sha256(content.toString('latin1'));
  return {
    from,
    to: recipients[0] ?? '',
    text: isLong ? wholeCharacters(text.slice(0, LONGEST)) : text,
    attachments: mail.attachments.length,
    // Mail systems may deliver a mail twice, and its identifier is whatever its sender likes.
    vendorMessageId: sha256(JSON.stringify([messageId, from, token, text])).slice(0, IDENTIFIER_DIGITS),
    mail: {
      ...(token === undefined ? {} : { token }),
      isAutomatic: isAutomatic(headers, returnPath),
      isCut: isLong || bounded.isCut || !parsed || (mail.html?.length ?? 0) > LONGEST_HTML,
    },
  };
}

/** Undefined if the mail is nested deeper, or has longer headers, than is followed. */
async function parse(content: Buffer): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(content, BOUNDS);
  } catch {
    return undefined;
  }
}

function mailbox(address: Address | undefined): string | undefined {
  const found = address?.address?.trim();
  return found !== undefined && found.includes('@') ? found : undefined;
}

/**
 * The parser turns HTML into text where a mail has other text beside it. A mail of HTML alone is given an empty text,
 * so that it does so there, too.
 */
async function plainText({ text, html }: Email): Promise<string> {
  if (text !== undefined || html === undefined) return text ?? '';
  const boundary = randomUUID();
  const both = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n--${boundary}\r\n\r\n\r\n--${boundary}\r\n`
    + `Content-Type: text/html; charset=utf-8\r\n\r\n${html.slice(0, LONGEST_HTML)}\r\n--${boundary}--\r\n`;
  return (await PostalMime.parse(both, BOUNDS)).text ?? '';
}

/** Of a mail that only quotes, nothing is its writer's own. */
function wordsOf(text: string): string {
  const own = ownWords(text.slice(0, 10 * LONGEST).replaceAll('\0', ''));
  return own === '' && text.trim() !== '' ? '[the mail has no words but those that it quotes]' : own;
}

/** Without the first half of a character that the cut went through. */
function wholeCharacters(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
