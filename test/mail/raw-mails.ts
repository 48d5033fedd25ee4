/** A mail as a mail program writes it. The engine reads it as an outside parser does, but for what is named here. */
export interface SampleMail {
  readonly name: string;
  readonly raw: Buffer;
  /** What the engine leaves out of the text on purpose. */
  readonly leavesOut?: RegExp;
}

export const TOKEN = 'ab'.repeat(16);
export const REPLY_ADDRESS = `reply+${TOKEN}@reply.example.com`;

const CRLF = '\r\n';
const FROM = 'From: Jo Sample <jo@example.com>';
const base64 = (text: string | Buffer) => (
  (Buffer.from(text).toString('base64').match(/.{1,76}/g) ?? []).join(CRLF)
);
let written = 0;

/** A whole mail; `lines` are its further headers. */
function mail(lines: readonly string[], body: string | Buffer, from = FROM): Buffer {
  written += 1;
  const head = [
    from, `To: <${REPLY_ADDRESS}>`, 'Subject: Re: Your CV', `Message-ID: <mail-${written}@mail.example.com>`,
    'In-Reply-To: <question@example.com>', 'Date: Mon, 30 Nov 2026 09:00:00 +0000', 'MIME-Version: 1.0', ...lines, '', '',
  ].join(CRLF);
  return Buffer.concat([Buffer.from(head), typeof body === 'string' ? Buffer.from(body) : body]);
}
const plain = (charset: string, body: Buffer | string, encoding = '8bit') => (
  mail([`Content-Type: text/plain; charset=${charset}`, `Content-Transfer-Encoding: ${encoding}`], body)
);
const utf8 = (text: string) => plain('utf-8', text.replaceAll('\n', CRLF));
const html = (text: string) => mail(['Content-Type: text/html; charset=utf-8'], text);

interface Part {
  readonly head: readonly string[];
  readonly body: string;
}
const part = (type: string, body: string, ...more: readonly string[]): Part => (
  { head: [`Content-Type: ${type}`, ...more], body }
);
function joined(boundary: string, parts: readonly Part[]): string {
  return [...parts.flatMap(({ head, body }) => [`--${boundary}`, ...head, '', body]), `--${boundary}--`, ''].join(CRLF);
}
const multipart = (kind: string, ...parts: readonly Part[]) => (
  mail([`Content-Type: multipart/${kind}; boundary="outer"`], joined('outer', parts))
);
const nested = (kind: string, ...parts: readonly Part[]): Part => (
  part(`multipart/${kind}; boundary="inner-${kind}"`, joined(`inner-${kind}`, parts))
);
const BASE64 = 'Content-Transfer-Encoding: base64';
const PICTURE = base64(Buffer.alloc(200, 7));
const file = (name: string) => part(
  'application/pdf', PICTURE, BASE64, `Content-Disposition: attachment; ${name}`,
);

/** Texts in old character sets, as bytes. */
const IN_CHARSETS: ReadonlyArray<readonly [charset: string, hex: string]> = [
  ['gb18030', 'ced2c8fdd4c2d2bbc8d5bfc9d2d4bfaacabca1a3'],
  ['big5', 'adb1b8d5a978b17aa66ea141a7daa4ada4ebb67da96ca143'],
  ['iso-2022-jp', '1b2442244f242421223b4d376e242b2469462f2431245e243921231b2842'],
  ['shift_jis', '82cd82a281418e6c8c8e82a982e793ad82af82dc82b78142'],
  ['euc-kr', 'b3d72c2033bff9bacec5cd20b0a1b4c9c7d5b4cfb4d92e'],
  ['koi8-r', 'e4c12c20d120cdcfc7d520cec1dec1d4d820d720cdc1d2d4c52e'],
  ['windows-1251', 'd2e0ea2c20e720e1e5f0e5e7edff2e'],
  ['windows-1252', '4a612c206162204de4727a20962066fc72203230208020646965205374756e64652e'],
  ['windows-1256', 'e4dae3a120c3d3cad8edda20c3e420c3c8cfc320dded20e3c7d1d32e'],
  ['iso-8859-7', 'cde1e92c20e1f0fc20f4efed20ccdcf1f4e9ef2e'],
  ['iso-8859-2', '54616b2c206d6f67ea207a61637ab1e62077206d616a752e'],
];

const GERMAN = 'Hallo Frau M=C3=BCller,\r\n\r\nich war von M=C3=A4rz bis Juli 2022 in Elternzeit =E2=80=93 das steht nicht=\r\n'
  + ' im Lebenslauf, weil der Platz fehlte; die Best=C3=A4tigung der Krankenkass=\r\ne h=C3=A4nge ich an.\r\n';

export const SAMPLE_MAILS: readonly SampleMail[] = [
  { name: 'plain text in US-ASCII', raw: plain('us-ascii', 'I was on parental leave.\r\n', '7bit') },
  { name: 'plain text without any MIME header', raw: mail([], 'Yes, in June.\r\n') },
  ...IN_CHARSETS.flatMap(([charset, hex]) => [
    { name: `text in ${charset}, as bytes`, raw: plain(charset, Buffer.from(hex, 'hex')) },
    { name: `text in ${charset}, in base64`, raw: plain(charset, base64(Buffer.from(hex, 'hex')), 'base64') },
  ]),
  { name: 'German in quoted-printable with soft breaks', raw: plain('utf-8', GERMAN, 'quoted-printable') },
  { name: 'quoted-printable with lower-case digits and a lone =', raw: plain('utf-8', 'f=c3=bcr 3=5 mal\r\n', 'quoted-printable') },
  { name: 'Chinese in base64', raw: plain('UTF-8', base64('我从三月一日起可以开始工作。\r\n谢谢！\r\n'), 'base64') },
  { name: 'Arabic', raw: utf8('نعم، كنت في إجازة من مارس إلى يوليو ٢٠٢٢.\nشكرا') },
  { name: 'emoji and a family of them', raw: utf8('Yes 👍 – me and my 👨‍👩‍👧‍👦') },
  {
    name: 'format=flowed with soft breaks',
    raw: mail(
      ['Content-Type: text/plain; charset=utf-8; format=flowed'],
      'I was on parental leave from \r\nMarch to July.\r\n\r\nThat is all.\r\n',
    ),
  },
  { name: 'a charset of which the name has quotes and capitals', raw: plain('"ISO-8859-1"', Buffer.from('cong\xe9', 'latin1')) },
  {
    name: 'both forms',
    raw: multipart(
      'alternative', part('text/plain; charset=utf-8', 'I can start on 12 March.'),
      part('text/html; charset=utf-8', '<p>I can start on <b>12 March</b>.</p>'),
    ),
  },
  { name: 'HTML alone', raw: html('<html><body><p>I was <b>on leave</b>.</p></body></html>') },
  { name: 'HTML alone in paragraphs', raw: html('<div>Hello,</div><div><br></div><div>I can start in May &amp; June.</div>') },
  { name: 'HTML alone with entities', raw: html('<p>M&uuml;ller &#8211; 20&nbsp;&euro; &lt;net&gt;</p>') },
  {
    name: 'HTML alone with style, script and comment',
    raw: html('<head><style>p {color: red}</style><script>let a = 1</script></head><body><!-- note --><p>Yes.</p></body>'),
  },
  {
    name: 'HTML alone in base64 and Latin-1', raw: mail(
      ['Content-Type: text/html; charset=iso-8859-1', BASE64], base64(Buffer.from('<p>J\'\xe9tais en cong\xe9.</p>', 'latin1')),
    ),
  },
  {
    name: 'text and a file, whose name is continued as RFC 2231 says',
    raw: multipart(
      'mixed', part('text/plain; charset=utf-8', 'My certificate is attached.'),
      file("filename*0*=utf-8''Best%C3%A4tigung%20; filename*1*=der%20Kasse.pdf"),
    ),
  },
  {
    name: 'text and a file, whose name is encoded as RFC 2047 says',
    raw: multipart('mixed', part('text/plain', 'See the file.'), file('filename="=?UTF-8?B?6K+B5Lmm?=.pdf"')),
  },
  {
    name: 'both forms beside a file, and a picture within the HTML',
    raw: multipart(
      'mixed',
      nested(
        'related',
        nested('alternative', part('text/plain; charset=utf-8', 'Here it is.'), part('text/html', '<p>Here it is. <img src="cid:1"></p>')),
        part('image/png', PICTURE, BASE64, 'Content-ID: <1>', 'Content-Disposition: inline'),
      ),
      file('filename=cv.pdf'),
    ),
  },
  { name: 'a file alone', raw: mail(['Content-Type: application/pdf; name=cv.pdf', BASE64, 'Content-Disposition: attachment'], PICTURE) },
  { name: 'a file and an empty text', raw: multipart('mixed', part('text/plain', ''), file('filename=cv.pdf')) },
  {
    name: 'a preamble and an epilogue, which nobody sees',
    raw: mail(
      ['Content-Type: multipart/mixed; boundary=outer'],
      `This is a message in MIME format.${CRLF}${joined('outer', [part('text/plain', 'Yes.')])}The end.${CRLF}`,
    ),
  },
  {
    name: 'a multipart that never ends', raw: mail(
      ['Content-Type: multipart/mixed; boundary=outer'], `--outer${CRLF}Content-Type: text/plain${CRLF}${CRLF}Yes, I do.${CRLF}`,
    ),
  },
  { name: 'a sender\'s name as RFC 2047 says', raw: mail([], 'Ja.', 'From: =?iso-8859-1?Q?J=F6rg_Stra=DFe?= <joerg@example.com>') },
  { name: 'a sender\'s name in two encoded words', raw: mail([], '是', 'From: =?UTF-8?B?5p2O?= =?UTF-8?B?5piO?= <li@example.com>') },
  { name: 'a sender\'s name with a comma and a quotation mark', raw: mail([], 'Yes', 'From: "Sample, Jo \\"J\\"" <jo@example.com>') },
  { name: 'a sender on a folded line', raw: mail([], 'Yes', 'From: "Jo with a name that takes a line of its own"\r\n <jo@example.com>') },
  { name: 'a sender without a name', raw: mail([], 'Yes', 'From: jo@example.com') },
  { name: 'a sender with a comment', raw: mail([], 'Yes', 'From: jo@example.com (Jo Sample)') },
  { name: 'two senders, of whom one wrote', raw: mail([], 'Yes', 'From: Jo <jo@example.com>, Al <al@example.com>\r\nSender: jo@example.com') },
  { name: 'a name that looks like another address', raw: mail([], 'Yes', 'From: "hr@example.org" <jo@example.com>') },
  {
    name: 'a reply above the mail that Gmail quotes',
    raw: utf8('Yes, from May.\n\nOn Mon, 30 Nov 2026 at 09:00, HR <hr@example.com> wrote:\n> Dear Jo,\n> When can you start?\n'),
    leavesOut: /^On Mon, 30 Nov 2026/,
  },
  {
    name: 'a reply above a German quote',
    raw: utf8('Ab Mai.\n\nAm 30.11.26 um 09:00 schrieb HR <hr@example.com>:\n> Wann können Sie anfangen?\n'),
    leavesOut: /^Am 30\.11\.26/,
  },
  {
    name: 'a reply above what Outlook quotes',
    raw: utf8('From May on.\n\nFrom: HR <hr@example.com>\nSent: Monday, 30 November 2026 09:00\nTo: Jo\nSubject: Your CV\n\nWhen can you start?\n'),
    leavesOut: /^From: HR/,
  },
  {
    name: 'a reply below the mail that it quotes',
    raw: utf8('> When can you start?\n\nFrom May on.\n'),
    leavesOut: /^> When can you start\?/,
  },
  { name: 'a reply above a signature', raw: utf8('From May on.\n\n-- \nJo Sample\nExample Ltd\n'), leavesOut: /^-- ?\nJo Sample/ },
  { name: 'a reply from a telephone', raw: utf8('From May on.\n\nSent from my iPhone\n'), leavesOut: /^Sent from my iPhone/ },
];
