import { frame, palette, wrap } from '../../../tools/local-stage/terminal';

describe('pages on a terminal', () => {
  test('words are broken at the width, and the text\'s own lines stay', () => {
    expect(wrap('one two three\n\nfour', 7)).toEqual(['one two', 'three', '', 'four']);
  });

  test('a word that is longer than the width stands alone', () => {
    expect(wrap('a verylongword b', 6)).toEqual(['a', 'verylongword', 'b']);
  });

  test('a frame holds its heading and closes at the same column on every line', () => {
    const lines = frame('sms · from A to B', 'Hello there, how are you today?', 28);
    expect(lines[0]).toContain('sms · from A to B');
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([28]));
  });

  test('colour only where it is wanted', () => {
    expect(palette(false).red('x')).toBe('x');
    expect(palette(true).red('x')).toBe('\u001b[31mx\u001b[0m');
  });
});
