import { countSegments } from '../../../../tools/vendor-simulators/twilio-messages/segments';

describe('SMS segments', () => {
  it.each([
    ['160 plain characters', 'a'.repeat(160), 1],
    ['161 plain characters', 'a'.repeat(161), 2],
    ['306 plain characters', 'a'.repeat(306), 2],
    ['307 plain characters', 'a'.repeat(307), 3],
    ['80 euro signs, which take two places', '€'.repeat(80), 1],
    ['81 euro signs', '€'.repeat(81), 2],
    ['70 characters beyond GSM-7', 'ł'.repeat(70), 1],
    ['71 characters beyond GSM-7', 'ł'.repeat(71), 2],
    ['an emoji among 69 characters, which takes two places', `${'a'.repeat(69)}🎉`, 2],
    ['nothing', '', 1],
  ])('%s', (_what, text, segments) => {
    expect(countSegments(text)).toBe(segments);
  });
});
