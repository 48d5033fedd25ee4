import { formatCursor, isAfter, parseCursor, positionOf } from '../../../src/core/listing/cursor';

const ENTRY = {
  key: { primary_channel: '+447700900123', conversation_id: 'acme#hiring#5b0e8d5c#447700900100' },
  at: '2026-11-02T09:30:00.000Z',
};
const POSITION = positionOf(ENTRY);
const CURSOR = formatCursor(POSITION, 'acme');
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a cursor leads back to its position', () => {
  expect(parseCursor(CURSOR, 'acme')).toEqual(POSITION);
  expect(POSITION.at).toBe(ENTRY.at);
});

test('it holds no address and no identifier', () => {
  const inside = Buffer.from(CURSOR, 'base64url').toString('utf8');
  for (const secret of ['7700900', 'acme', 'hiring', '5b0e8d5c']) expect(inside).not.toContain(secret);
});

test('it is of one owner alone', () => {
  expect(parseCursor(CURSOR, 'zenith')).toBeUndefined();
});

test('every changed, added or missing character is noticed', () => {
  const changed = [...CURSOR].map(
    (character, place) => CURSOR.slice(0, place) + (character === 'A' ? 'B' : 'A') + CURSOR.slice(place + 1),
  );
  const texts = [...changed, `${CURSOR}A`, `${CURSOR}=`, ` ${CURSOR}`, CURSOR.slice(0, -1), CURSOR.slice(1)];
  expect(texts.filter((text) => parseCursor(text, 'acme') !== undefined)).toEqual([]);
});

test.each([
  ['nothing', ''], ['no JSON', 'x'], ['no list', encoded({})], ['an empty list', encoded([])],
  ['no moment', formatCursor({ at: 'yesterday', tie: POSITION.tie }, 'acme')],
  ['a position without its checksum', encoded([POSITION.at, POSITION.tie])],
])('%s is no cursor', (_words, text) => {
  expect(parseCursor(text, 'acme')).toBeUndefined();
});

test('what is older comes after, and of one moment each has its place', () => {
  const older = { ...POSITION, at: '2026-11-02T09:29:59.999Z' };
  const beside = { ...POSITION, tie: `${POSITION.tie}0` };
  expect([isAfter(older, POSITION), isAfter(POSITION, older)]).toEqual([true, false]);
  expect([isAfter(beside, POSITION), isAfter(POSITION, beside)]).toEqual([true, false]);
  expect(isAfter(POSITION, POSITION)).toBe(false);
});
