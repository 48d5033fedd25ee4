import { SegmentedMessage } from 'sms-segments-calculator';
import { SeededRandom } from '../../proof/seeded-random';
import { countSegments } from '../../../src/core/channels/sms-segments';

describe('an SMS costs', () => {
  test.each([
    ['nothing but a segment when empty', '', 1],
    ['one segment up to 160 characters of GSM-7', 'a'.repeat(160), 1],
    ['two from 161', 'a'.repeat(161), 2],
    ['two up to 306', 'a'.repeat(306), 2],
    ['three from 307', 'a'.repeat(307), 3],
    ['two septets for each character of the extension table', '€'.repeat(80), 1],
    ['a second segment for the 81st of them', '€'.repeat(81), 2],
    ['a third where a border would part escape and character', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['one segment up to 70 characters outside GSM-7', 'ł'.repeat(70), 1],
    ['two from 71', 'ł'.repeat(71), 2],
    ['two up to 134', 'ł'.repeat(134), 2],
    ['three from 135', 'ł'.repeat(135), 3],
    ['two units for an emoji', '😀'.repeat(35), 1],
    ['a second segment for the 36th emoji', '😀'.repeat(36), 2],
    ['a third where a border would part a surrogate pair', `${'ł'.repeat(66)}😀${'ł'.repeat(66)}`, 3],
    ['more for the whole text because of one emoji', `${'a'.repeat(100)}😀`, 2],
    [
      'one segment for all of the basic alphabet',
      '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCZÄÖÑÜ§¿abcz\u00E4öñüà',
      1,
    ],
  ])('%s', (_what, text, segments) => expect(countSegments(text)).toBe(segments));
});

describe('Twilio\'s own calculator counts the same', () => {
  const PIECES = [
    'a',
    'Z',
    ' ',
    '\n',
    '\r\n',
    '€',
    '~',
    '[',
    '\f',
    'é',
    'Ç',
    'ç',
    'ñ',
    'ł',
    'Ω',
    '`',
    '…',
    'e\u0301',
    '😀',
    '👍🏽',
    '🇬🇧',
    '👨‍👩‍👧‍👦',
  ];
  const GSM_7 = PIECES.slice(0, 11);

  test.each([
    ['where a border would part escape and character', `${'a'.repeat(152)}€${'a'.repeat(152)}`],
    ['where a border would part a letter and its accent', 'e\u0301'.repeat(100)],
    ['where a border would part a family', `${'ł'.repeat(60)}👨‍👩‍👧‍👦${'ł'.repeat(66)}`],
  ])('%s', (_where, text) => expect(countSegments(text)).toBe(new SegmentedMessage(text).segmentsCount));

  test.each([['GSM-7', GSM_7], ['any characters', PIECES]])('for 200 texts of %s', (_alphabet, pieces) => {
    const random = new SeededRandom(152);
    for (let count = 0; count < 200; count += 1) {
      const text = Array.from({ length: random.between(0, 339) }, () =>
        random.pick(random.between(0, 2) > 0 ? ['a'] : pieces),
      ).join('');
      expect({ text, segments: countSegments(text) }).toEqual({
        text,
        segments: new SegmentedMessage(text).segmentsCount,
      });
    }
  });
});
