import { leaks } from './personal-marks';

const MARKS = ['+447700900123', 'Quillfeather', 'zeb@example.com'];
const found = (text: string) => leaks([{ origin: 'log', text }], MARKS).map(({ mark }) => mark);

test.each([
  ['as it is', 'to +447700900123', '+447700900123'],
  ['without its plus', '{"primary_channel":"447700900123"}', '+447700900123'],
  ['percent-encoded', 'GET /x?mail=zeb%40example.com', 'zeb@example.com'],
  ['in another letter case', 'QUILLFEATHER', 'Quillfeather'],
  ...[0, 1, 2].map((shift) => [
    `in base64 after ${shift} bytes`,
    Buffer.from(`${'x'.repeat(shift)}Quillfeather!`).toString('base64'),
    'Quillfeather',
  ]),
])('marked data is found %s', (_how, text, mark) => {
  expect(found(text)).toEqual([mark]);
});

test('what holds none is clean', () => {
  expect(found('request accepted harbour-and-pine#nurse#1#447700900101')).toEqual([]);
});

test('a leak tells where it was and what stood around it', () => {
  expect(leaks([{ origin: 'log of the router', text: 'the name is Quillfeather, is it not' }], MARKS)).toEqual([
    { origin: 'log of the router', mark: 'Quillfeather', excerpt: 'the name is Quillfeather, is it not' },
  ]);
});
