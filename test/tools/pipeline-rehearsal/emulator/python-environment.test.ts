import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { preparePython, REQUIREMENTS } from '../../../../tools/pipeline-rehearsal/emulator/python-environment';
import type { RunProgram } from '../../../../tools/run-program';
import { temporaryFolder } from '../../delivery-steps/temporary-folder';

type ProgramResult = Awaited<ReturnType<RunProgram>>;

const FINE: ProgramResult = { code: 0, output: '' };

/** Answers by the word that distinguishes the three calls; records what was run. */
async function prepare(
  answers: { readonly version?: ProgramResult; readonly venv?: ProgramResult; readonly pip?: ProgramResult },
  folder = join(temporaryFolder(), 'python'),
) {
  const ran: string[] = [];
  const environment = await preparePython({
    folder,
    print: () => undefined,
    run: async (program, words) => {
      ran.push([program, ...words].join(' '));
      if (words.includes('venv')) return Promise.resolve(answers.venv ?? FINE);
      if (words.includes('pip')) return Promise.resolve(answers.pip ?? FINE);
      return Promise.resolve(answers.version ?? FINE);
    },
  });
  return { environment, ran, folder };
}

test('pinned packages are installed into the folder, and are not installed again', async () => {
  const first = await prepare({});
  expect(first.environment).toEqual({ kind: 'ready', programs: join(first.folder, 'bin') });
  expect(first.ran.at(-1)).toContain(REQUIREMENTS.join(' '));
  expect(REQUIREMENTS.every((requirement) => /^[a-z-]+==[\d.]+$/.test(requirement))).toBe(true);

  const second = await prepare({}, first.folder);
  expect(second.environment.kind).toBe('ready');
  expect(second.ran).toEqual([]);
});

test('an installation that failed counts as none', async () => {
  const { folder } = await prepare({ pip: { code: 1, output: 'ERROR: no network' } });
  expect(existsSync(join(folder, 'requirements.txt'))).toBe(false);
  expect((await prepare({}, folder)).ran).toHaveLength(3);
});

test.each([
  [
    { version: { code: 127, output: 'spawn python3 ENOENT' } },
    /^python3 is missing here: install Python 3\.10 or newer/,
  ],
  [{ version: { code: 3, output: '' } }, /^python3 is older than 3\.10: install/],
  [
    { venv: { code: 1, output: 'The virtual environment was not created.\nensurepip is not available.\n' } },
    /^python3 -m venv failed \(ensurepip is not available\): install Python's venv module/,
  ],
  [
    { pip: { code: 1, output: 'WARNING: Retrying\nERROR: No matching distribution found for ministack==1.5.33\n\n' } },
    /^pip could not install ministack==1\.5\.33 \(ERROR: No matching.*\): let this machine reach/,
  ],
])('%j is reported with what to do', async (answers, sentence) => {
  const { environment } = await prepare(answers);
  expect(environment).toEqual({ kind: 'missing', why: expect.stringMatching(sentence) });
});
