import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineProgram } from '../../src/cli/engine-program';
import { completionScript } from '../../src/cli/completion/completion-script';

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
const script = join(folder, 'engine.bash');
const silent = () => undefined;
const program = engineProgram({
  projectFolder: process.cwd(),
  print: silent,
  printError: silent,
  openStage: () => {
    throw new Error('No stage is opened.');
  },
});

beforeAll(() => { writeFileSync(script, completionScript(program, 'bash')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

/** What bash offers after these words; the last one is being typed. */
function offered(...typed: readonly string[]): readonly string[] {
  const run =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _engine; printf "%s\\n" "${COMPREPLY[@]}"';
  return execFileSync('bash', ['-c', run, 'bash', script, ...typed], { encoding: 'utf8' }).trim().split('\n');
}

test('bash completes commands, the commands below them, options and the words of options', () => {
  expect(offered('engine', 'conv')).toEqual(['conversation']);
  expect(offered('engine', 'conversation', '')).toEqual(
    expect.arrayContaining(['list', 'show', 'watch', 'resolve', '--stage']),
  );
  expect(offered('engine', 'conversation', 'list', '--re')).toEqual(
    expect.arrayContaining(['--recipient', '--reason', '--reveal']),
  );
  expect(offered('engine', 'conversation', 'list', '--state', 'st')).toEqual(['stuck']);
  expect(offered('engine', 'deadletter', 'redrive', '--channel', '')).toEqual(['whatsapp', 'sms', 'email']);
  expect(offered('engine', '--stage', '')).toEqual(['dev', 'prod', 'local']);
  expect(offered('engine', '--stage', 'prod', 'hando')).toEqual(['handoff']);
  expect(offered('engine', 'completion', 'x')).toEqual(['']);
});

test('every command and option is in the script of each shell', () => {
  const commands = program.commands.flatMap((one) => [
    `engine ${one.name()}`,
    ...one.commands.map((child) => `engine ${one.name()} ${child.name()}`),
  ]);
  for (const shell of ['bash', 'zsh'] as const) {
    const text = completionScript(program, shell);
    for (const command of commands) expect(text).toContain(`'${command}') offered=`);
    // The names of zsh's own parameters.
    expect(text).not.toMatch(/\b(?:path|words)=/);
  }
});
