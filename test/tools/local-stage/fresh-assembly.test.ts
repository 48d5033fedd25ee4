import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshAssembly } from '../../../tools/local-stage/fresh-assembly';

const TOOL = '#!/usr/bin/env node\n';

describe('the assembly that the local stage starts from', () => {
  let folder: string;
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    folder = mkdtempSync(join(tmpdir(), 'assembly-'));
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  const tool = (script: string) =>
    writeFileSync(join(folder, 'node_modules', '.bin', 'cdk'), `${TOOL}${script}`, { mode: 0o755 });
  const assembled = (secondsFromNow: number) => {
    mkdirSync(join(folder, 'cdk.out'), { recursive: true });
    const manifest = join(folder, 'cdk.out', 'manifest.json');
    writeFileSync(manifest, '{}');
    const time = Date.now() / 1000 + secondsFromNow;
    utimesSync(manifest, time, time);
  };

  test('one that is younger than every source is used as it is', async () => {
    tool('process.exit(1)');
    assembled(60);
    await expect(freshAssembly(folder, (line) => lines.push(line))).resolves.toBe(join(folder, 'cdk.out'));
    expect(lines).toEqual(['The synthesised stack is up to date.']);
  });

  test('an older one is synthesised anew', async () => {
    tool('require("node:fs").writeFileSync("synthesised", process.argv.slice(2).join(" "))');
    assembled(-3600);
    await freshAssembly(folder, (line) => lines.push(line));
    expect(lines).toEqual(['Bundling the functions and synthesising the stack …']);
    expect(
      jest.requireActual<typeof import('node:fs')>('node:fs').readFileSync(join(folder, 'synthesised'), 'utf8'),
    ).toBe('synth --quiet');
  });

  test('a synthesis that fails is reported with the tool\'s last lines', async () => {
    tool('console.error("src/infra/router.ts: no such queue"); process.exit(3)');
    await expect(freshAssembly(folder, () => undefined)).rejects.toThrow(
      /Synthesising the stack failed \(exit code 3\).*no such queue/s,
    );
  });
});
