import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repliesWorld } from '../../support/replies-world';

const ID = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90';
const BYTES = Buffer.from('a picture');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'media-'));
  file = join(folder, 'photo.jpg');
});
afterEach(() => { rmSync(folder, { recursive: true }); });

/** A recipient who sent two pictures and a program. */
async function sent() {
  const world = await repliesWorld('whatsapp');
  await world.hear('SM-words');
  await world.hear('SM-pictures', 2);
  await world.hear('SM-program', 1);
  world.media.put('SM-pictures', { id: 'ME1', type: 'image/jpeg' }, { id: 'ME2', type: 'audio/ogg; codecs=opus' });
  world.media.put('SM-program', { id: 'ME3', type: 'application/x-msdownload' });
  world.media.fill('ME1', 'image/jpeg', [BYTES.subarray(0, 4), BYTES.subarray(4)], BYTES.length);
  return world;
}

const save = ['--number', '1', '--to'] as const;

test('lists what came beside words, and looks at none of it', async () => {
  const { run, audited, media } = await sent();
  const { code, output } = await run('reply', 'media', ID);
  expect(code).toBe(0);
  expect(output).toMatch(/^1 {2}2026-11-02 09:00:00Z.* {2}image\/jpeg$/m);
  expect(output).toMatch(/^2 .*audio\/ogg; codecs=opus$/m);
  expect(output).toMatch(/^3 .*application\/x-msdownload {2}not handed out: ask the recipient for another form$/m);
  expect(output).toContain(`reply media ${ID} --number 1 --to medium-1`);
  expect(audited).toEqual([]);
  expect(media.credentials).toContainEqual({ a_token: 'sample' });
});

test('saves one for its person alone, with a trace of who saw it', async () => {
  const { run, audited } = await sent();
  const { code, output } = await run('reply', 'media', ID, ...save, file);
  expect([code, output]).toEqual([0, expect.stringContaining('saved image/jpeg, 9 bytes')]);
  expect(readFileSync(file)).toEqual(BYTES);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(audited).toMatchObject([{ action: 'view_media', person: 'Sam Reyes', fields: ['media 1'] }]);
});

test('where nothing was sent, or the vendor has it no more, it says so', async () => {
  const world = await repliesWorld('whatsapp');
  await world.hear('SM-words');
  expect(await world.run('reply', 'media', ID)).toMatchObject({ code: 0, output: expect.stringContaining('no media') });
  await world.hear('SM-gone', 1);
  expect(JSON.parse((await world.run('reply', 'media', ID, '--json')).output)).toMatchObject({ media: [] });
});

test.each<readonly [string, readonly string[], string]>([
  ['a number without a file', ['--number', '1'], 'give --number and --to together'],
  ['a number that is none of its', ['--number', '9', '--to', 'x'], 'the conversation has 3 media'],
  ['a type that may do harm', ['--number', '3', '--to', 'x'], 'application/x-msdownload is not handed out'],
  ['what the vendor has no more', ['--number', '2', '--to', 'x'], 'the vendor has it no more'],
])('%s is refused', async (_what, words, why) => {
  const { run } = await sent();
  expect(await run('reply', 'media', ID, ...words)).toMatchObject({ code: 1, errors: expect.stringContaining(why) });
  expect(existsSync('x')).toBe(false);
});

test.each<readonly [string, string, readonly Uint8Array[], number | undefined, string]>([
  ['comes as another type than was listed', 'text/html', [BYTES], undefined, 'text/html is not handed out'],
  ['is said to be too large', 'image/jpeg', [BYTES], 21 * 1024 * 1024, 'larger than 20 MB'],
  ['turns out to be too large', 'image/jpeg', Array.from({ length: 21 }, () => Buffer.alloc(1024 * 1024)), undefined,
    'it is larger than'],
  ['breaks off', 'image/jpeg', [BYTES], 100, 'it broke off'],
])('a medium that %s is not kept', async (_what, type, parts, bytes, why) => {
  const { run, media } = await sent();
  media.fill('ME1', type, parts, bytes);
  expect(await run('reply', 'media', ID, ...save, file)).toMatchObject({ code: 1, errors: expect.stringContaining(why) });
  expect(existsSync(file)).toBe(false);
});

test('no file of a person is written over', async () => {
  const { run } = await sent();
  writeFileSync(file, 'mine');
  expect(await run('reply', 'media', ID, ...save, file)).toMatchObject({
    code: 1, errors: expect.stringContaining('could not be made (EEXIST); name a new file'),
  });
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('a vendor that does not answer, and a company without credentials, are told apart', async () => {
  const { run, media, world } = await sent();
  media.listed.set('SM-pictures', { outcome: 'unavailable', detail: 'HTTP 503' });
  expect((await run('reply', 'media', ID)).errors).toContain('did not hand it out (HTTP 503)');
  world.directory.seedCompany({ company_id: 'brightpath', project_id: 'cv-review' });
  expect((await run('reply', 'media', ID)).errors).toContain('channel_config.whatsapp is not complete');
});
