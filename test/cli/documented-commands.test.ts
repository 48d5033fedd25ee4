import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandHost } from '../../src/cli/command-host';
import { nextWords } from '../../src/cli/conversations/next-words';
import { engineProgram } from '../../src/cli/engine-program';
import { runProgram } from '../../src/cli/run-program';
import { FAILURE_REASONS } from '../../src/core/lifecycle/failure';
import { quoted } from '../../src/cli/printed-command';
import { viewOf } from '../../src/operations/conversations/conversation-view';
import { sampleConversation } from '../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const CALL = 'npx projen engine -- ';
const ROOT = join(__dirname, '../..');
/** What stands for these in a page's examples. */
const SHELL: Readonly<Record<string, string>> = { CHANNEL: 'sms', STAGE: 'prod' };

const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

interface Line {
  readonly page: string;
  readonly line: string;
}

/** Every command line of a page: of its code blocks and of code within a sentence. */
function commandLines(page: string): readonly Line[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/\\\n\s*/g, ' ');
  return [...text.matchAll(/npx projen engine -- ([^`\n]*)/g)]
    .map(([, line = '']) => ({ page, line: line.trim() }))
    .filter(({ line }) => line !== '' && !line.startsWith('<'));
}

/** The words of a line as a shell makes them, up to a pipe, a redirection or a remark. */
function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const [token] of line.replace('2>/dev/null', '').matchAll(/'[^']*'|"[^"]*"|[|<>#;&]|[^\s'"|<>;&]+/g)) {
    if (/^[|<>#;&]/.test(token)) break;
    words.push(
      token.replace(/^(['"])(.*)\1$/, '$2').replace(/\$\{?([A-Z_]+)\}?/g, (_all, name: string) => SHELL[name] ?? 'x'),
    );
  }
  // What a sentence leaves open is a command all the same.
  return words.at(-1) === '…' ? [...words.slice(0, -1), '--help'] : words;
}

function noStage(): never {
  throw new Error('No stage is opened.');
}

/** Parses the words as the program would, and does nothing. What is wrong with them, or undefined. */
async function complaint(words: readonly string[]): Promise<string | undefined> {
  const said: string[] = [];
  const say = (text: string) => { said.push(text); };
  const idle = (host: CommandHost) => {
    const program = engineProgram(host);
    for (const command of every(program)) if (command.commands.length === 0) command.action(() => undefined);
    return program;
  };
  const code = await runProgram(idle, words, { projectFolder: ROOT, print: say, printError: say, openStage: noStage });
  return code === 0 ? undefined : said.join(' ');
}

function every(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(every)];
}

const lines = pages.flatMap(commandLines);

test('the pages name commands', () => {
  expect(lines.filter(({ page }) => page === 'docs/runbook.md').length).toBeGreaterThan(15);
});

test.each(lines)('$page: npx projen engine -- $line', async ({ line }) => {
  expect(await complaint(shellWords(line))).toBeUndefined();
});

test('a line that the program would not take is found', async () => {
  expect(await complaint(shellWords('conversation list --recipiend x'))).toContain('unknown option');
  expect(await complaint(shellWords('conversation'))).toBeDefined();
  expect(await complaint(shellWords('conversations list'))).toContain('unknown command');
  expect(await complaint(shellWords('deadletter redrive --channel fax --all'))).toContain('fax');
});

test('a shell\'s words are told apart', () => {
  expect(shellWords('send --file "a b" --to \'+44 1\' --stage $STAGE > x.json')).toEqual([
    'send',
    '--file',
    'a b',
    '--to',
    '+44 1',
    '--stage',
    'prod',
  ]);
  expect(CALL.trim().endsWith('--')).toBe(true);
});

test('every command has a description, and every one that does something an example that it would take', async () => {
  const program = engineProgram({
    projectFolder: ROOT,
    print: () => undefined,
    printError: () => undefined,
    openStage: noStage,
  });
  for (const command of every(program)) {
    expect(command.description()).not.toBe('');
    if (command.commands.length > 0) continue;
    let help = '';
    command.configureOutput({ writeOut: (text) => { help += text; }, writeErr: () => undefined });
    command.outputHelp();
    const examples = [...help.replace(/\\\n\s*/g, ' ').matchAll(/^ {2}(?:.*\| )?engine (.+)$/gm)].map(
      ([, line = '']) => line,
    );
    expect({ command: command.name(), examples: examples.length > 0 }).toEqual({
      command: command.name(),
      examples: true,
    });
    for (const line of examples) {
      expect({ line, complaint: await complaint(shellWords(line.replace(/ {3,}.*$/, ''))) }).toEqual({
        line,
        complaint: undefined,
      });
    }
  }
});

test.each(FAILURE_REASONS)('every command that is printed about %s is one', async (failure_reason) => {
  const command = (...words: readonly string[]) => quoted(words);
  for (const conversation_status of ['failed_unknown', 'send_unconfirmed', 'awaiting_review', 'initiated'] as const) {
    const changes = { conversation_status, failure_reason, failure_detail: 'x', retry_at: '2026-11-02T10:00:00.000Z' };
    const view = viewOf(sampleConversation({ now: NOW, changes }), { reveal: false, text: false }, NOW);
    for (const line of nextWords(view, { command }, NOW).commands) {
      expect({ line, complaint: await complaint(shellWords(line)) }).toEqual({ line, complaint: undefined });
    }
  }
});
