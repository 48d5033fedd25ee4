import type { Command } from 'commander';
import { engineProgram, runEngine } from '../../src/cli/engine-program';
import { field, table, wrap } from '../../src/cli/layout';
import { safely } from '../../src/cli/output';
import { coloured, PAINT } from '../../src/cli/paint';

const COLUMNS = 80;
const silent = () => undefined;

function every(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(every)];
}

const openStage = () => { throw new Error('No stage is opened.'); };
const host = { projectFolder: process.cwd(), printError: silent, openStage, columns: COLUMNS };

/** A command's words after the program's name. */
function wordsOf(command: Command): readonly string[] {
  return command.parent ? [...wordsOf(command.parent), command.name()] : [];
}

/** What a command's help prints. */
async function helpOf(words: readonly string[]): Promise<string> {
  const printed: string[] = [];
  await runEngine([...words, '--help'], { ...host, print: (text) => { printed.push(text); } });
  return printed.join('\n');
}

describe('on a terminal of 80 columns', () => {
  const commands = every(engineProgram({ ...host, print: silent })).map(wordsOf);

  test.each(commands.map((words) => words.join(' ')))('the help of engine %s fits', async (words) => {
    const help = await helpOf(words.split(' ').filter(Boolean));
    expect(help).toContain('Usage: engine');
    expect(help.split('\n').filter((line) => line.length > COLUMNS)).toEqual([]);
  });

  test('text breaks between words, and a moment stays whole', () => {
    const lines = wrap(`${'word '.repeat(14)}2026-11-02 09:10:00Z, in 8 min`, COLUMNS);
    expect(lines).toEqual([`${'word '.repeat(14)}`.trim(), '2026-11-02 09:10:00Z, in 8 min']);
    expect(field('Next', 'word '.repeat(40).trim(), COLUMNS).every((line) => line.length <= COLUMNS)).toBe(true);
  });

  test('columns of a table are aligned', () => {
    expect(table([['a', 'bb', 'c'], ['ääää', 'b', 'c']])).toEqual(['a     bb  c', 'ääää  b   c']);
    expect(table([['name', 'word '.repeat(20).trim()]], 40)).toEqual([
      'name  word word word word word word word',
      '      word word word word word word word',
      '      word word word word word word',
    ]);
    expect(table([['a name that takes it all', 'two words']], 30)).toEqual(['a name that takes it all', '  two words']);
  });
});

describe('colour', () => {
  const shown = (colour: boolean, ...lines: readonly string[]) => {
    const printed: string[] = [];
    const { print } = safely({ print: (text) => { printed.push(text); }, printError: silent, colour });
    for (const line of lines) print(line);
    return printed;
  };

  test('is around a whole line, and only where it is wanted', () => {
    expect(shown(true, PAINT.bad('fault  x'), 'plain')).toEqual(['\u001b[31mfault  x\u001b[39m', 'plain']);
    expect(shown(false, PAINT.bad('fault  x'), PAINT.warning('warning'), PAINT.good('ok'))).toEqual([
      'fault  x',
      'warning',
      'ok',
    ]);
  });

  test('cannot come from what a vendor or a recipient wrote', () => {
    expect(shown(true, 'said \u001b[31mred\ufdd3')).toEqual(['said \\u001b[31mred']);
    expect(coloured('a\ufdd1b\n\ufdd2c', { colour: true })).toBe('ab\n\u001b[33mc\u001b[39m');
  });
});
