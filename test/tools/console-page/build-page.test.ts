import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, constants } from 'node:zlib';
import { buildPage, LARGEST_PAGE, writePage } from '../../../tools/console-page/build-page';

const folder = mkdtempSync(join(tmpdir(), 'console-page-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

const file = (path: string, text: string) => ({ path, contents: Buffer.from(text), hash: '', text });

test('the JavaScript of the page is 450 KB by brotli and 550 KB by gzip at most, and the page names nothing else', async () => {
  expect(LARGEST_PAGE).toEqual({ brotli: 450 * 1024, gzip: 550 * 1024 });
  const sizes = await buildPage(process.cwd(), folder);
  expect(sizes.brotli).toBeGreaterThan(50 * 1024);
  expect(sizes.brotli).toBeLessThanOrEqual(LARGEST_PAGE.brotli);
  expect(sizes.gzip).toBeLessThanOrEqual(LARGEST_PAGE.gzip);
  const page = brotliDecompressSync(readFileSync(join(folder, 'index.html.br'))).toString();
  const named = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(named.filter((address) => !/^(?:\/assets\/page-[0-9a-f]{16}\.(?:js|css)|data:,)$/.test(address))).toEqual([]);
  expect(page).not.toMatch(/<script>|style=|<style/);
}, 120_000);

test('what changes gets another name and another version; the files of the build before are gone', () => {
  const before = writePage(folder, [file('main.js', 'one'), file('main.css', 'a')], constants.BROTLI_MIN_QUALITY);
  const [version, names] = [readFileSync(join(folder, 'version'), 'utf8'), readdirSync(folder)];
  expect(before.brotli).toBeGreaterThan(0);
  writePage(folder, [file('main.js', 'two'), file('main.css', 'a')], constants.BROTLI_MIN_QUALITY);
  expect(readFileSync(join(folder, 'version'), 'utf8')).not.toBe(version);
  const scripts = (all: readonly string[]) => all.filter((name) => name.endsWith('.js.br'));
  expect(scripts(readdirSync(folder))).toHaveLength(1);
  expect(scripts(readdirSync(folder))).not.toEqual(scripts(names));
});
