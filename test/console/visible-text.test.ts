import { visibleText } from '../../src/console/shared/visible-text';

test.each([
  ['\u202Eevil', '⟨U+202E⟩evil'],
  ['a\u0000b\u001b[31mc', 'a⟨U+0000⟩b⟨U+001B⟩[31mc'],
  ['zero\u200bwidth\ufeff', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
  ['line\nand\ttab stay', 'line\nand\ttab stay'],
  ['ودية مرحبا 👩‍⚕️', 'ودية مرحبا 👩‍⚕️'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
