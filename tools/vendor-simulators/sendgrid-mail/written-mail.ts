import type { WrittenReply } from '../replying-recipients';
import type { ParsedMail } from './inbound-parse';
import type { StoredMail } from './stored-mail';

/** A picture of one dot. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What a mail program makes of a reply: above the mail that it answers, which is quoted. */
export function writtenMail(stored: StoredMail, reply: WrittenReply): ParsedMail {
  const { mail: { from: sender, replyTo = sender, subject, text }, recipient, messageId } = stored;
  const quoted = text.split('\n').map((line) => `> ${line}`.trimEnd()).join('\r\n');
  const body = `${reply.text}\r\n\r\nOn Mon, 30 Nov 2026 at 09:00, <${sender}> wrote:\r\n${quoted}\r\n`;
  const head = [
    `From: Sample Person <${recipient}>`,
    `To: <${replyTo}>`,
    `Subject: ${reply.isAutomatic ? 'Automatic reply' : 'Re'}: ${subject}`,
    `Message-ID: <${messageId}-${reply.position}@mail.example.com>`,
    `In-Reply-To: <${messageId}@simulated.example.com>`,
    'MIME-Version: 1.0',
    ...(reply.isAutomatic ? ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'] : []),
  ];
  const lines = reply.hasPicture ? [...head, ...withPicture(body)] : [...head, 'Content-Type: text/plain; charset=utf-8', '', body];
  return { raw: Buffer.from(lines.join('\r\n')), to: [replyTo], from: reply.isAutomatic ? '' : recipient };
}

function withPicture(body: string): readonly string[] {
  return [
    'Content-Type: multipart/mixed; boundary=simulated', '',
    '--simulated', 'Content-Type: text/plain; charset=utf-8', '', body,
    '--simulated', 'Content-Type: image/png; name=certificate.png', 'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename=certificate.png', '', PICTURE, '--simulated--', '',
  ];
}
