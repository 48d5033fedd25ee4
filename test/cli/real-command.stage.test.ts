import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from '../flow/local-stage-of-tests';

const ROOT = process.cwd();
const ENGINE = join(ROOT, 'bin/engine.mjs');
const PROJECT = ['--company', SAMPLE.companyId, '--project', SAMPLE.projectId];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The stage runs in this process: waiting for a program must not stop it. */
async function program(
  name: string,
  words: readonly string[],
  { cwd, env = process.env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  const child = spawn(name, [...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: Number(status), stdout, stderr };
}

/** Runs the command as a shell would, with a terminal's width and nothing else of this process's setting. */
async function real(folder: string, words: readonly string[]) {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, USER: 'sam', COLUMNS: '80' };
  const { status, stdout, stderr } = await program(process.execPath, [ENGINE, ...words], { cwd: folder, env });
  return { code: status, output: stdout, errors: stderr };
}

describe('the command that people type', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'real-'));
  const sent: string[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'bin/bundle-engine.mjs')]);
    stage = await startStage('real-command');
    writeAccessFile(folder, stage);
    const troubles = ['+447700900571', '+447700900911', '+447700900902', '+447700900932'];
    for (const telephone of troubles) {
      const { requestId, body } = request('sms', recipient('sms', { recipient_tel: telephone }));
      await postRequest(stage.url, stage.apiKey, body);
      await awaitOutcome(stage, requestId);
      sent.push(requestId);
    }
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['status'],
    ['doctor'],
    ['company list'],
    ['company show'],
    ['company verify'],
    ['key list'],
    ['secret list'],
    ['conversation list'],
    ['conversation show'],
    ['handoff list'],
    ['reply list'],
    ['deadletter list'],
    ['template history'],
    ['card list'],
  ])('%s fits into 80 columns: only a word that is longer stands out', async (name) => {
    const words: Readonly<Record<string, readonly string[]>> = {
      'company show': [SAMPLE.companyId, SAMPLE.projectId],
      'company verify': [SAMPLE.companyId, SAMPLE.projectId],
      'key list': [SAMPLE.companyId],
      'conversation list': ['--company', SAMPLE.companyId],
      'conversation show': [sent[1] ?? ''],
      'card list': [SAMPLE.companyId, SAMPLE.projectId],
      'template history': [SAMPLE.companyId, SAMPLE.projectId, '--channel', 'sms'],
    };
    const { output } = await real(folder, [...name.split(' '), ...(words[name] ?? [])]);
    expect(output).not.toBe('');
    const isCommand = (line: string) => /^ *engine /.test(line);
    // A record as YAML is data: it is shown as it would be written to a file.
    const isData =
      name === 'company show' ? output.split('\n').findIndex((line) => /^whatsapp: (?:not )?ready/.test(line)) : 0;
    const wide = output.split('\n').slice(isData).filter((line) => line.length > 80 && !isCommand(line));
    expect(wide.filter((line) => line.length - (line.split(' ').at(-1) ?? '').length > 40)).toEqual([]);
  });

  test('a reader that has gone ends it quietly', async () => {
    const shell = `set -o pipefail; "$0" "$1" conversation list --company ${SAMPLE.companyId} --json --limit 100 | `
      + 'head -c 1';
    const piped = await program('bash', ['-c', shell, process.execPath, ENGINE], { cwd: folder });
    expect(piped).toMatchObject({ status: 0, stdout: '{', stderr: '' });
    const long = 'set -o pipefail; "$0" "$1" completion bash | head -n 1';
    expect(await program('bash', ['-c', long, process.execPath, ENGINE], { cwd: folder })).toMatchObject({
      status: 0, stdout: expect.stringMatching(/^# Completion .*\n$/), stderr: '',
    });
  });

  test.each([
    ['node bin/engine.mjs', [process.execPath, ENGINE]],
    ['node_modules/.bin/engine', [join(ROOT, 'node_modules/.bin/engine')]],
    ['npm run engine --', ['npm', 'run', '--silent', '--prefix', ROOT, 'engine', '--']],
    ['npx engine', ['npx', '--no', '--prefix', ROOT, 'engine']],
  ])('a wrong command line ends with 2 and one sentence, called as %s', async (_call, [name = '', ...before]) => {
    const { status, stderr, stdout } = await program(name, [...before, 'conversation', 'list', '--recipiend', 'x'], {
      cwd: ROOT,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown option '--recipiend'/m);
  });

  test('nothing is coloured unless it is for a terminal that wants it', async () => {
    expect((await real(folder, ['doctor', '--stage', 'local'])).output).not.toContain('\u001b');
    const onTerminal = async (more: string) => {
      const line = `${more} ${process.execPath} ${ENGINE} status`;
      return (await program('script', ['-qec', line, '/dev/null'], { cwd: folder })).stdout;
    };
    expect(await onTerminal('TERM=xterm')).toMatch(/\u001b\[3[13]m1 × .*\u001b\[39m/);
    for (const plain of ['TERM=xterm NO_COLOR=1', 'TERM=dumb']) {
      const shown = await onTerminal(plain);
      expect(shown).toContain('1 × ');
      expect(shown).not.toContain('\u001b[3');
    }
  });

  test('it starts quietly, and its version is the one that records name', async () => {
    expect(await real(folder, ['--version'])).toEqual({ code: 0, output: '1.0.0\n', errors: '' });
    expect((await real(folder, ['status'])).errors).toBe('');
  });

  test('each command that it prints as the next step runs as it is printed', async () => {
    const asked = [['status'], ['doctor'], ...sent.map((id) => ['conversation', 'show', id])];
    const pages = (await Promise.all(asked.map(async (words) => (await real(folder, words)).output))).join('\n');
    const printed = [...new Set([...pages.matchAll(/^ *engine (.+)$/gm)].map(([, line = '']) => line))];
    expect(printed.length).toBeGreaterThan(2);
    for (const line of printed) {
      const run = await program('bash', ['-c', `"$0" "$1" ${line} --help`, process.execPath, ENGINE], {
        cwd: folder,
      });
      expect({ line, code: run.status }).toEqual({ line, code: 0 });
    }
  });

  /** Reads and asks nothing of a person: these can run on a stage that lives on one machine. */
  const HARMLESS =
    /^(?:status|doctor|company (?:list|show|validate)|conversation list|deadletter list|handoff list|key list|reply list|secret list|template (?:show|history)|optout list|[\w -]*--help)(?: |$)/;

  test('what the pages print and changes nothing runs through the real command', async () => {
    const pages = readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(ROOT, 'docs', name));
    const lines = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/npx projen engine -- ([^`\n|<>#…]*)/g)].map(([, line = '']) =>
        line.trim(),
      ),
    );
    const harmless = [...new Set(lines)].filter((line) => HARMLESS.test(line));
    expect(harmless.length).toBeGreaterThan(8);
    for (const line of harmless) {
      const here = line.replace(/\bacme hiring\b/g, `${SAMPLE.companyId} ${SAMPLE.projectId}`)
        .replace(/--company acme(?: --project hiring)?/g, PROJECT.join(' ')).replace(/\bacme\b/g, SAMPLE.companyId);
      const run = await program('bash', ['-c', `"$0" "$1" ${here}`, process.execPath, ENGINE], {
        cwd: folder, env: { ...process.env, STAGE: 'local', CHANNEL: 'sms', ID: sent[0] ?? '' },
      });
      // A page may be about a company that this stage does not have; then one sentence says so.
      const isSaid = run.status === 0 || (run.status === 1 && /^[A-Z].*[.]?$/m.test(run.stderr));
      expect({ line, isSaid, errors: run.status === 0 ? '' : run.stderr }).toMatchObject({ line, isSaid: true });
      expect({ line, code: run.status }).not.toEqual({ line, code: 2 });
    }
  });
});
