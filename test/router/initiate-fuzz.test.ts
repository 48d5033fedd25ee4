import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import { Random } from '../support/random';
import { API_KEY, RouterWorld, sampleRequest } from './router-world';

const ROUNDS = 3000;

/** Values that have broken parsers before. */
const ODDITIES: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -0,
  1e308,
  2 ** 53 + 2,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  '__proto__',
  'constructor',
  '\u0000',
  '😀',
  '\ud800',
  '#',
  'a#b',
  'x'.repeat(3000),
  '2026-11-02T08:59:58Z',
  '+447700900123',
  'ada@example.com',
  'email',
  'WHATSAPP',
  { toString: 1 },
  { length: -1 },
  { then: {} },
];

function mutate(value: unknown, random: Random, depth = 0): unknown {
  if (random.chance(0.08)) return random.pick(ODDITIES);
  if (typeof value !== 'object' || value === null || depth > 5) return value;
  if (Array.isArray(value)) return value.map((part) => mutate(part, random, depth + 1));
  const fields = Object.entries(value)
    .filter(() => !random.chance(0.04))
    .map(([name, part]) => [name, mutate(part, random, depth + 1)] as const);
  if (random.chance(0.1)) {
    fields.push([
      random.pick(['__proto__', 'constructor', '', 'api_key', 'toString', '\ud800']),
      random.pick(ODDITIES),
    ]);
  }
  return Object.fromEntries(fields);
}

function scramble(text: string, random: Random): string {
  const place = random.below(text.length);
  const insertion = random.pick([
    '"',
    '\\',
    '{',
    ']',
    '\u0000',
    '\ud83d',
    '\uFEFF',
    '}{',
    ',"__proto__":{"x":1},',
    String.fromCharCode(random.below(65_536)),
  ]);
  return random.chance(0.5) ? text.slice(0, place) + insertion + text.slice(place) : text.slice(0, place);
}

test.each([1, 2, 3])('no body of seed %d throws, and each is answered in the contract\'s form', async (seed) => {
  const random = new Random(seed);
  const world = new RouterWorld();
  const seen = new Set<unknown>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = JSON.stringify(mutate(sampleRequest(), random));
    const body = random.chance(0.3) ? scramble(text, random) : text;
    const isBase64 = random.chance(0.3);
    const sent =
      isBase64 && random.chance(0.8)
        ? Buffer.from(body, random.chance(0.2) ? 'utf16le' : 'utf8').toString('base64')
        : body;
    const { status, json } = await world.send({ apiKey: API_KEY, body: sent, isBase64 });
    const code = json.error_code;
    seen.add(code);
    if (status === 200) {
      expect(json).toMatchObject({
        status: 'success',
        request_id: expect.any(String),
        conversation_id: expect.any(String),
      });
    } else {
      expect([round, status]).toEqual([round, Object.entries(REFUSAL_STATUS).find(([word]) => word === code)?.[1]]);
    }
    expect([json.status, typeof json.message, typeof json.request_id]).toEqual([
      status === 200 ? 'success' : 'error',
      'string',
      'string',
    ]);
  }
  expect(seen).not.toContain('INTERNAL_ERROR');
  expect(seen.size).toBeGreaterThan(15);
  expect(world.observer.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what no fuzzing changes is accepted', async () => {
  expect((await new RouterWorld().post(sampleRequest())).status).toBe(200);
});
