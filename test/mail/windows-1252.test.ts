import { simpleParser } from 'mailparser';
import { withWindowsCharacters } from '../../src/mail/windows-1252';

test('each of the 27 characters is read as an outside parser reads it, and the five bytes without a meaning stay', async () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_none, index) => 0x80 + index));
  const head = Buffer.from('Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit\r\n\r\n');
  const theirs = (await simpleParser(Buffer.concat([head, bytes]))).text ?? '';
  const asLatin1 = bytes.toString('latin1');
  const ours = withWindowsCharacters(asLatin1);
  const known = [...theirs.trimEnd()].map((character, index) => ({ character, index }))
    .filter(({ character }) => character > '\u009f' && character !== '\ufffd');
  expect(known).toHaveLength(27);
  expect(known.filter(({ character, index }) => ours[index] !== character)).toEqual([]);
  expect([...ours].filter((character, index) => character !== asLatin1[index])).toHaveLength(27);
});

test('text without them is as it was', () => {
  expect(withWindowsCharacters('congé 20 € – “so”')).toBe('congé 20 € – “so”');
});
