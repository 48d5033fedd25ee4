import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchPage } from '../../../tools/console-page/watch-page';

const project = mkdtempSync(join(tmpdir(), 'watched-page-'));
const folder = join(project, 'page');
const source = join(project, 'src/console/main.tsx');
afterAll(() => { rmSync(project, { recursive: true }); });

const version = () => readFileSync(join(folder, 'version'), 'utf8');

test('the page is built again at each change; source that is broken leaves the page before, and says where', async () => {
  mkdirSync(join(project, 'src/console'), { recursive: true });
  writeFileSync(source, "document.title = 'one';\n");
  const lines: string[] = [];
  let told: (() => void) | undefined;
  const stop = await watchPage(project, folder, (line) => {
    lines.push(line);
    told?.();
  });
  /** Until so many lines were printed. */
  const printed = async (count: number) => {
    while (lines.length < count) await new Promise<void>((resolve) => { told = resolve; });
    return lines[count - 1];
  };
  try {
    expect(await printed(1)).toBe('The console is built; load it again.');
    const first = version();
    writeFileSync(source, "document.title = 'two';\n");
    expect(await printed(2)).toBe('The console is built; load it again.');
    const second = version();
    expect(second).not.toBe(first);
    writeFileSync(source, 'document.title = ;\n');
    expect(await printed(3)).toMatch(
      /^Building the console failed: .+ \(src\/console\/main\.tsx:1\)\. The page before stays; correct the source\.$/,
    );
    expect(version()).toBe(second);
    writeFileSync(source, "document.title = 'three';\n");
    expect(await printed(4)).toBe('The console is built; load it again.');
    expect(version()).not.toBe(second);
  } finally {
    await stop();
  }
}, 120_000);
