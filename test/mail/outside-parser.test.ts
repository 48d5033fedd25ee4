import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { readMail } from '../../src/mail/read-mail';
import { parseReplyAddress } from '../../src/core/recipient/reply-address';
import { sha256 } from '../../src/core/sha256';
import { sendGridInboundWebhook } from '../../src/providers/sendgrid-inbound-webhook';
import { inboundParseBody } from '../../tools/vendor-simulators/sendgrid-mail/inbound-parse';
import type { SampleMail } from './raw-mails';
import { REPLY_ADDRESS, SAMPLE_MAILS, TOKEN } from './raw-mails';

/** A mail as SendGrid posts it, read by the engine. */
async function readPosted(raw: Buffer) {
  const { body, contentType } = inboundParseBody({ raw, to: [REPLY_ADDRESS], from: 'jo@example.com' });
  const headers = { 'content-type': contentType };
  const read = await sendGridInboundWebhook.read({ urls: [], query: {}, headers, body: '', bytes: body });
  const message = read?.kind === 'mail' ? await readMail(read.mail) : undefined;
  if (!message) throw new Error('The mail was not read.');
  return message;
}

/** Ends of lines, spaces at them and blank lines are nobody's words. */
const words = (text: string) => (
  text.replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{2,}/g, '\n').trim()
);

const addressOf = ({ from }: ParsedMail) => from?.value[0]?.address ?? '';
const recipientOf = ({ to }: ParsedMail) => [to ?? []].flat()[0]?.value[0]?.address ?? '';

/** What the outside parser found beside the words that the engine took. */
function beside(theirs: string, ours: string): string {
  const at = theirs.indexOf(ours);
  if (at === -1) return `none of it is "${ours}"`;
  return words(`${theirs.slice(0, at)}${theirs.slice(at + ours.length)}`);
}

describe.each(SAMPLE_MAILS)('$name', ({ raw, leavesOut }: SampleMail) => {
  test('says to the engine what it says to an outside parser', async () => {
    const ours = await readPosted(raw);
    const theirs = await simpleParser(raw);
    const theirText = words(theirs.text ?? '');
    expect(ours.from).toBe(addressOf(theirs));
    expect(ours.to).toBe(recipientOf(theirs));
    expect(ours.mail?.token).toBe(parseReplyAddress(recipientOf(theirs)));
    expect(ours.attachments).toBe(theirs.attachments.length);
    if (leavesOut) expect(beside(theirText, words(ours.text))).toMatch(leavesOut);
    else expect(words(ours.text)).toBe(theirText);
    // The engine's identifier of the mail is made of the mail's own, which both read alike.
    const made = sha256(JSON.stringify([theirs.messageId, ours.from, TOKEN, ours.text])).slice(0, 40);
    expect(ours.vendorMessageId).toBe(made);
  });
});
