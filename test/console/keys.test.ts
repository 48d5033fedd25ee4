import * as fc from 'fast-check';
import type { PressedKey } from '../../src/console/review/keys';
import { actionOf, REVIEW_KEYS, SETTLE_MILLISECONDS } from '../../src/console/review/keys';

const press = (key: string, change: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...change,
});
const settled = { shownFor: SETTLE_MILLISECONDS, letterKeys: true, isPaneFocused: true };

test.each(REVIEW_KEYS)('$shown asks for $action', ({ key, withControl, action }) => {
  expect(actionOf(press(key, { ctrlKey: withControl }), settled)).toBe(action);
  expect(actionOf(press(key.toUpperCase(), { metaKey: withControl }), settled)).toBe(action);
});

test.each([
  ['held down', { repeat: true }, {}],
  ['of an input method', { isComposing: true }, {}],
  ['with Alt', { altKey: true }, {}],
  ['right after the message came', {}, { shownFor: SETTLE_MILLISECONDS - 1 }],
] as const)('a key that is %s does nothing', (_which, change, situation) => {
  for (const { key, withControl } of REVIEW_KEYS) {
    expect(actionOf(press(key, { ctrlKey: withControl, ...change }), { ...settled, ...situation })).toBeUndefined();
  }
});

test('single letters do nothing while a field has the focus, or where they are switched off', () => {
  for (const { key, withControl } of REVIEW_KEYS.filter((one) => !one.withControl)) {
    expect(actionOf(press(key, { ctrlKey: withControl }), { ...settled, isPaneFocused: false })).toBeUndefined();
    expect(actionOf(press(key, { ctrlKey: withControl }), { ...settled, letterKeys: false })).toBeUndefined();
  }
});

test('no single key approves', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (key, shift) => {
      expect(actionOf({ ...press(shift ? key.toUpperCase() : key) }, settled)).not.toBe('approve');
    }),
  );
});

test('no two rows of the table have the same key', () => {
  const keys = REVIEW_KEYS.map(({ key, withControl }) => `${key} ${withControl}`);
  expect(new Set(keys).size).toBe(keys.length);
});
