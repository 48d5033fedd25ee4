import { Command } from 'commander';
import { CommandError } from '../../src/cli/command-error';
import { runProgram } from '../../src/cli/run-program';

/** Runs a program with one command, which does what the test says. */
async function run(
  words: readonly string[],
  work: () => Promise<void> = async () => Promise.resolve(),
  broken = false,
) {
  const output: string[] = [];
  const errors: string[] = [];
  const host = {
    print: (line: string) => {
      output.push(line);
    },
    printError: (line: string) => {
      errors.push(line);
    },
  };
  const program = () => {
    if (broken) throw new Error('no program');
    return new Command('sample').addCommand(new Command('work').option('--fast').action(work));
  };
  const code = await runProgram(program, words, host);
  return { code, output: output.join('\n'), errors: errors.join('\n') };
}

describe('a program\'s exit code and words', () => {
  test('are 0 and none where it did what was asked, with the dashes that npx hands on and without', async () => {
    const done: string[] = [];
    const work = async () => Promise.resolve(void done.push('once'));
    expect(await run(['work', '--fast'], work)).toEqual({ code: 0, output: '', errors: '' });
    expect(await run(['--', 'work', '--fast'], work)).toEqual({ code: 0, output: '', errors: '' });
    expect(done).toHaveLength(2);
  });

  test('are 1 and the sentence where a command says why it failed', async () => {
    const work = async () => Promise.reject(new CommandError('Working failed: the table is gone; deploy the stage.'));
    expect(await run(['work'], work)).toEqual({
      code: 1,
      output: '',
      errors: 'Working failed: the table is gone; deploy the stage.',
    });
  });

  test('are 1 and one line without a stack trace where nobody foresaw the fault', async () => {
    const errors = 'The command stopped on a fault of its own: cannot read x';
    expect(await run(['work'], async () => Promise.reject(new TypeError('cannot read x')))).toEqual({
      code: 1,
      output: '',
      errors,
    });
    expect(await run(['work'], undefined, true)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/fault of its own: no program$/),
    });
  });

  test('are 2 and commander\'s words on standard error where the words are wrong, in a command below too', async () => {
    expect(await run(['wrok'])).toEqual({
      code: 2,
      output: '',
      errors: expect.stringContaining("unknown command 'wrok'"),
    });
    expect(await run(['work', '--slow'])).toEqual({
      code: 2,
      output: '',
      errors: expect.stringContaining("unknown option '--slow'"),
    });
  });

  test('are 0 and the help on standard output where that was asked for', async () => {
    expect(await run(['work', '--help'])).toEqual({ code: 0, output: expect.stringContaining('--fast'), errors: '' });
  });
});
