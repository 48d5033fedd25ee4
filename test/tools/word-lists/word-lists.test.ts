import { spawnSync } from 'node:child_process';
import { ENGLISH_WORDS } from '../../../src/proof/words/english-words';
import { hasBits } from '../../../src/proof/words/word-filter';
import { commonWords } from '../../../tools/word-lists/english-words';

describe('the lists that the proof reads', () => {
  test('are what the command writes', () => {
    // The number words come from an ES module, which Jest cannot load on the project's lowest Node.js.
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tools/word-lists/write-word-lists.ts', '--check'],
      { encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('packed-tables.ts') });
  });

  test('the filter holds every word that went into it, and few names', () => {
    const filter = Buffer.from(ENGLISH_WORDS, 'base64');
    expect(commonWords().filter((word) => !hasBits(filter, word))).toEqual([]);
    const names =
      'lundqvist lindholm okafor adeyemi szymanski nakamura fofana oyelaran petrov kowalski yilmaz haddad mbeki ferrante dubois'.split(
        ' ',
      );
    expect(names.filter((name) => hasBits(filter, name)).length).toBeLessThanOrEqual(1);
  });
});
