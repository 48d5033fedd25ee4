import { BODY_LIMIT, VALUES_LIMIT } from '../../src/core/contract/request';
import { parseBody } from '../../src/router/parse-body';

const plain = (body: string | undefined) => parseBody({ body, isBase64: false });
const base64 = (bytes: Buffer | string) => parseBody({ body: Buffer.from(bytes).toString('base64'), isBase64: true });
const ofSize = (bytes: number) => `{"padding":"${'x'.repeat(bytes - 14)}"}`;
const nested = (levels: number) => `{"inner":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

function fault(parsed: ReturnType<typeof parseBody>) {
  return parsed.valid ? undefined : `${parsed.fault.code} ${parsed.fault.path} ${parsed.fault.message}`;
}

test('a JSON object is read, as text and in base64', () => {
  const expected = { valid: true, value: { name: 'Zoë', list: [1, { deep: null }] } };
  const text = '{"name":"Zoë","list":[1,{"deep":null}]}';
  expect(plain(text)).toEqual(expected);
  expect(base64(text)).toEqual(expected);
});

test('a byte order mark is passed over', () => {
  expect(plain('\uFEFF{}')).toEqual({ valid: true, value: {} });
  expect(base64('\uFEFF{}')).toEqual({ valid: true, value: {} });
});

test.each([
  ['nothing', plain(undefined), 'is missing'],
  ['the empty text', plain(''), 'is missing'],
  ['no JSON', plain('{"open":'), 'is not JSON'],
  ['a form', plain('company=one&project=two'), 'is not JSON'],
  ['a list', plain('[{}]'), 'must be a JSON object'],
  ['null', plain('null'), 'must be a JSON object'],
  ['a text', plain('"text"'), 'must be a JSON object'],
  ['what is not base64', parseBody({ body: '{"a":1}', isBase64: true }), 'is not base64'],
  ['Latin-1 bytes', base64(Buffer.from('{"name":"Zoë"}', 'latin1')), 'is not UTF-8'],
  [
    'bytes that the gateway replaced',
    plain('{"name":"Am\uFFFDra"}'),
    'holds a replacement character (U+FFFD): some bytes were no UTF-8',
  ],
  ['half a character in a text', plain('{"name":"\\ud83d"}'), 'holds half of a character (an unpaired surrogate)'],
  ["half a character in a field's name", plain('{"\\ude00":1}'), 'holds half of a character (an unpaired surrogate)'],
  ['too many levels', plain(nested(33)), 'nests deeper than 32 levels'],
  ['very many levels', plain(nested(40_000)), 'nests deeper than 32 levels'],
  [
    'very many levels of objects',
    plain(`${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`),
    'nests deeper than 32 levels',
  ],
])('%s is refused', (_words, parsed, message) => {
  expect(fault(parsed)).toBe(`INVALID_REQUEST body ${message}`);
});

test('as many levels as a record can hold are read', () => {
  expect(plain(nested(32)).valid).toBe(true);
});

test('whole characters beyond the basic plane are read', () => {
  expect(plain('{"name":"\\ud83d\\ude00 😀"}')).toEqual({ valid: true, value: { name: '😀 😀' } });
});

test('the size limit counts bytes after decoding', () => {
  expect(plain(ofSize(BODY_LIMIT)).valid).toBe(true);
  expect(base64(ofSize(BODY_LIMIT)).valid).toBe(true);
  const tooLarge = 'PAYLOAD_TOO_LARGE body is larger than 100 KB';
  expect(fault(plain(ofSize(BODY_LIMIT + 1)))).toBe(tooLarge);
  expect(fault(base64(ofSize(BODY_LIMIT + 1)))).toBe(tooLarge);
  expect(fault(plain(`{"padding":"${'é'.repeat(BODY_LIMIT / 2)}"}`))).toBe(tooLarge);
  expect(fault(plain(ofSize(5_000_000)))).toBe(tooLarge);
});

test('bytes that are too many are not said to be of the wrong encoding', () => {
  expect(fault(base64(Buffer.alloc(BODY_LIMIT + 1, 0xff)))).toContain('PAYLOAD_TOO_LARGE');
});

test('as many values as the limit are read, and one more is refused', () => {
  const zeros = (count: number) => `{"list":[${Array(count).fill(0).join()}]}`;
  expect(plain(zeros(VALUES_LIMIT - 2)).valid).toBe(true);
  const tooMany = `PAYLOAD_TOO_LARGE body holds more than ${VALUES_LIMIT} fields and elements`;
  expect(fault(plain(zeros(VALUES_LIMIT - 1)))).toBe(tooMany);
  expect(fault(plain(zeros(48_000)))).toBe(tooMany);
  expect(fault(plain(`{"list":[${Array(33_000).fill('[]').join()}]}`))).toBe(tooMany);
});

test('any word may name a field', () => {
  const text = '{"constructor":{"name":"Set"},"__proto__":{"admin":true},"toString":[{"__proto__":1}]}';
  const parsed = plain(text);
  expect(parsed.valid && JSON.stringify(parsed.value)).toBe(text);
});

test('of a field that occurs twice the last counts', () => {
  expect(plain('{"consent":true,"consent":false}')).toEqual({ valid: true, value: { consent: false } });
});
