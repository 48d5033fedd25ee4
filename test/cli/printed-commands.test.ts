import { Command } from 'commander';
import { CommandError } from '../../src/cli/command-error';
import type { CommandHost } from '../../src/cli/command-host';
import { withStage } from '../../src/cli/command-host';
import { withStageNamed } from '../../src/cli/printed-commands';

const GROUPS = ['reply', 'conversation', 'doctor', 'dead-letters'];

test.each([
  ['read: engine conversation show \'a#b\' --text   then: engine reply done \'a#b\' --seen 1', 'read: engine conversation show --stage prod \'a#b\' --text   then: engine reply done --stage prod \'a#b\' --seen 1'],
  ['besides, replies wait in 2 conversations: engine reply list', 'besides, replies wait in 2 conversations: engine reply list --stage prod'],
  ['engine doctor', 'engine doctor --stage prod'],
  ['engine dead-letters redrive --all', 'engine dead-letters redrive --stage prod --all'],
  ['The engine refused it: the engine met a fault of its own.', 'The engine refused it: the engine met a fault of its own.'],
  ['engine reply list --stage dev', 'engine reply list --stage dev'],
])('%s', (line, named) => {
  expect(withStageNamed(line, 'prod', GROUPS)).toBe(named);
});

describe('what a command tells of', () => {
  async function told(stage: string, work: Parameters<typeof withStage>[2]): Promise<readonly string[]> {
    const lines: string[] = [];
    const host: CommandHost = { projectFolder: process.cwd(), print: (line) => { lines.push(line); }, complain: (line) => { lines.push(`! ${line}`); } };
    const program = new Command('engine').option('--stage <stage>', '', 'dev').option('--json');
    const list = new Command('list').action(async (_options, command: Command) => withStage(host, command, work));
    program.addCommand(new Command('reply').addCommand(list));
    await program.parseAsync(['reply', 'list', '--stage', stage], { from: 'user' });
    return lines;
  }

  test('a stage that is not the default one names it in its lines, its progress and its failures', async () => {
    expect(await told('prod', (_clients, output) => {
      output.progress('see engine reply list');
      output.result({}, ['engine reply list']);
      return Promise.resolve();
    })).toEqual(['! see engine reply list --stage prod', 'engine reply list --stage prod']);
    await expect(told('prod', () => Promise.reject(new CommandError('Marking failed: see engine reply list.')))).rejects.toThrow('see engine reply list --stage prod.');
  });

  test('the default one does not', async () => {
    expect(await told('dev', (_clients, output) => {
      output.result({}, ['engine reply list']);
      return Promise.resolve();
    })).toEqual(['engine reply list']);
  });
});
