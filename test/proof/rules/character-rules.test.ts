import { characterFaults, markupFaults } from '../../../src/proof/rules/character-rules';

test.each([
  ['\u0000', 'control_character'],
  ['\t', 'control_character'],
  ['\u007F', 'control_character'],
  ['\uD83D', 'control_character'],
  ['\uE000', 'control_character'],
  ['\uFFFC', 'control_character'],
  ['\uFFFD', 'control_character'],
  ['\uFFFE', 'control_character'],
  ['\u200B', 'invisible_character'],
  ['\u200E', 'invisible_character'],
  ['\u202E', 'invisible_character'],
  ['\u2066', 'invisible_character'],
  ['\u2060', 'invisible_character'],
  ['\uFEFF', 'invisible_character'],
  ['\u00AD', 'invisible_character'],
  ['\u3164', 'invisible_character'],
  ['\u2800', 'invisible_character'],
  ['\u{E0041}', 'invisible_character'],
  ['a\u200Db', 'invisible_character'],
  ['b\u200Cc', 'invisible_character'],
  ['a\uFE0F', 'invisible_character'],
  ['{{x', 'template_syntax'],
  ['x}}', 'template_syntax'],
  ['{% if %}', 'template_syntax'],
  ['<%= x %>', 'template_syntax'],
  ['${x}', 'template_syntax'],
])('%j breaks %s', (value, rule) => expect(characterFaults(`a ${value} b`)).toContain(rule));

test.each(['two\nlines', '👩‍⚕️ ❤️ 👍🏽 5️⃣ 👩🏽‍⚕️', 'می‌خواهم', 'क्‍ष', 'a { b } c', '50% off #1', 'naïve – '
  + '“quoted” …'])(
  '%j is fine',
  (value) => expect(characterFaults(value)).toEqual([]),
);

test('markup is refused, signs of comparison are not', () => {
  expect(markupFaults('<b>x</b>')).toEqual(['markup']);
  expect(markupFaults('[x](y)')).toEqual(['markup']);
  expect(markupFaults('a < b > c [x] (y)')).toEqual([]);
});
