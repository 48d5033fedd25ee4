import { readMail } from '../../src/mail/read-mail';

const TOKEN = 'ab'.repeat(16);
const FROM = 'From: Jo <jo@example.com>\r\n';

async function read(raw: string | Buffer, returnPath: string | undefined = 'jo@example.com') {
  return readMail({
    content: Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'latin1'),
    recipients: [`Reply+${TOKEN.toUpperCase()}@Reply.Example.com`],
    ...(returnPath === undefined ? {} : { returnPath }),
  });
}
const textOf = async (raw: string | Buffer) => (await read(raw))?.text;
const part = (type: string, text: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
const parts = (...all: readonly string[]) => (
  `${FROM}Content-Type: multipart/alternative; boundary=b\r\n\r\n${all.join('')}--b--\r\n`
);

test('a reply address is read in any letter case', async () => {
  expect(await read(`${FROM}\r\nHello`)).toMatchObject({ from: 'jo@example.com', text: 'Hello', mail: { token: TOKEN } });
});

describe('the words of a mail', () => {
  test.each([
    ['of nothing', `${FROM}\r\n`, ''],
    ['in HTML alone', `${FROM}Content-Type: text/html\r\n\r\n<p>I was <b>on leave</b>.</p>`, 'I was on leave.'],
    ['in both forms', parts(part('text/plain', 'Plain'), part('text/html', '<p>Rich</p>')), 'Plain'],
    ['above a quote', `${FROM}\r\nYes.\r\n\r\nOn Mon, 2 Nov 2026, HR <hr@example.com> wrote:\r\n> Why?\r\n`, 'Yes.'],
    ['above a German quote', `${FROM}\r\nJa.\r\n\r\nAm 02.11.26 um 09:00 schrieb HR <hr@example.com>:\r\n> Warum?`, 'Ja.'],
    ['above Outlook\'s quote', `${FROM}\r\nYes.\r\n\r\nFrom: HR <hr@example.com>\r\nSent: Monday\r\nSubject: CV\r\n\r\nWhy?`, 'Yes.'],
    ['above a signature', `${FROM}\r\nYes.\r\n\r\n-- \r\nJo Sample\r\nExample Ltd`, 'Yes.'],
    ['of a telephone', `${FROM}\r\nYes.\r\n\r\nSent from my iPhone`, 'Yes.'],
    ['that only quotes', `${FROM}\r\n> Why?\r\n> Please answer.`, '[the mail has no words but those that it quotes]'],
    ['in a charset that does not exist', `${FROM}Content-Type: text/plain; charset=no-such\r\n\r\nYes`, 'Yes'],
    ['in Latin-1', `${FROM}Content-Type: text/plain; charset=iso-8859-1\r\n\r\ncong\xe9`, 'congé'],
    ['in UTF-8 that is not said', Buffer.from(`${FROM}\r\nSí`), 'Sí'],
    ['in UTF-8 said to be another, as it says', Buffer.from(`${FROM}Content-Type: text/plain; charset=latin1\r\n\r\nSí`),
      'SÃ\u00ad'],
    ['in HTML above a quote', `${FROM}Content-Type: text/html\r\n\r\n<div>Yes.</div><br><div class="gmail_quote"><div>On Mon, 2 Nov 2026 at 09:00, HR &lt;<a href="mailto:hr@example.com">hr@example.com</a>&gt; wrote:<br></div><blockquote>Why?</blockquote></div>`, 'Yes.'],
    ['with NUL', `${FROM}\r\nYe\0s`, 'Yes'],
  ])('%s', async (_what, raw, words) => {
    expect(await textOf(raw)).toBe(words);
  });

  test('of a forwarded mail are kept, as are its writer\'s', async () => {
    const raw = `${FROM}\r\nSee below.\r\n\r\n---------- Forwarded message ---------\r\nHello Jo, you left in May.`;
    expect(await textOf(raw)).toContain('See below.');
  });

  test('in bytes of no text come to an end', async () => {
    const bytes = Buffer.concat([Buffer.from(`${FROM}\r\n`), Buffer.alloc(200_000).map((_byte, index) => index % 251)]);
    expect((await read(bytes))?.from).toBe('jo@example.com');
  });

  test.each([10_000, 20_000])('of %i characters are kept as they are', async (length) => {
    expect(await read(`${FROM}\r\n${'word '.repeat(length / 5)}`)).toMatchObject({
      text: 'word '.repeat(length / 5).trim(), mail: { isCut: false },
    });
  });

  test('of a megabyte are kept to 20,000 characters, and it is said that the rest is not', async () => {
    const mail = await read(`${FROM}\r\n${'word '.repeat(200_000)}`);
    expect(mail?.text).toHaveLength(20_000);
    expect(mail?.mail?.isCut).toBe(true);
  });

  test('are kept beside a picture of four megabytes', async () => {
    const picture = `${'A'.repeat(76)}\r\n`.repeat(50_000);
    const image = 'image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment';
    expect(await read(parts(part('text/plain', 'My ID'), part(image, picture)))).toMatchObject({
      text: 'My ID', attachments: 1, mail: { isCut: false },
    });
  });
});

describe('what a program wrote', () => {
  test.each([
    ['Auto-Submitted: auto-replied'], ['auto-submitted: Auto-Generated; owner=x'], ['Precedence: bulk'],
    ['Precedence: list'], ['Precedence: auto_reply'], ['X-Auto-Response-Suppress: All'], ['Return-Path: <>'],
  ])('%s', async (header) => {
    expect((await read(`${FROM}${header}\r\n\r\nI am away.`))?.mail?.isAutomatic).toBe(true);
  });

  test('asks for no answer by an empty return path', async () => {
    expect((await read(`${FROM}\r\nI am away.`, ''))?.mail?.isAutomatic).toBe(true);
  });

  test.each(['Auto-Submitted: no', 'Precedence: normal', 'X-Mailer: auto', 'Subject: Auto-Submitted: yes'])(
    'is not said by %s', async (header) => {
      expect((await read(`${FROM}${header}\r\n\r\nYes`))?.mail?.isAutomatic).toBe(false);
    },
  );
});

describe('a mail that is there to stop its reader', () => {
  const CUT = '[the mail could not be read: its headers or parts are more than the engine follows]';
  const nested = (depth: number) => Array.from({ length: depth }, (_none, level) => (
    `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`
  )).join('');

  test.each([
    ['of parts in parts', `${FROM}${nested(500)}`],
    ['of headers', `${`X-Flood: ${'a'.repeat(90)}\r\n`.repeat(5_000)}${FROM}\r\nHello`],
    ['of one header', `${FROM}X-Flood: ${'a'.repeat(400_000)}\r\n\r\nHello`],
  ])('%s is kept for a person, by its sender alone', async (_what, raw) => {
    expect(await read(raw)).toMatchObject({ from: 'jo@example.com', text: CUT, mail: { isCut: true, token: TOKEN } });
  });

  test('is known by where it would be returned to if it names no sender', async () => {
    expect(await read('\r\nHello')).toMatchObject({ from: 'jo@example.com', text: 'Hello' });
    expect(await read('\r\nHello', '')).toBeUndefined();
  });

  const floods: Readonly<Record<string, (size: number) => string>> = {
    'short lines': (size) => `${FROM}Content-Type: text/plain; format=flowed\r\n\r\n${'a \r\n'.repeat(size / 4)}`,
    'empty parts': (size) => `${FROM}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(size / 10)}`,
    'mails in mails': (size) => `${FROM}${'Content-Type: message/rfc822\r\n\r\nFrom: a@b\r\n'.repeat(size / 45)}`,
    'tags': (size) => `${FROM}Content-Type: text/html\r\n\r\n${'<br>\n'.repeat(size / 5)}`,
    'beginnings of quotes': (size) => `${FROM}\r\n${'On a <b@c> wrote '.repeat(size / 17)}`,
    'ends of lines': (size) => `${FROM}\r\n${'x\r'.repeat(size / 2)}`,
    'senders': (size) => `From: ${'a@b,'.repeat(size / 4)}\r\n\r\nHello`,
  };
  const timeOf = async (raw: string): Promise<number> => {
    const begun = process.cpuUsage();
    await read(raw);
    const { user, system } = process.cpuUsage(begun);
    return user + system;
  };

  test.each(Object.keys(floods))('takes at most in proportion to its size by its %s', async (name) => {
    const flood = floods[name] ?? String;
    await timeOf(flood(100_000));
    const times = { one: Infinity, two: Infinity };
    for (let run = 0; run < 3; run += 1) {
      times.one = Math.min(times.one, await timeOf(flood(1_000_000)));
      times.two = Math.min(times.two, await timeOf(flood(2_000_000)));
    }
    // Twice as much takes twice as long; what grows with the square takes four times as long.
    expect(times.two).toBeLessThan(3 * times.one + 200_000);
  });
});
