import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Budget } from './guard';
import { measureBundles, measureCounts, measureReplies, overBudget, recordedBudget } from './guard';
import { importCosts } from './import-cost';

const PROJECT = process.cwd();
const ASSEMBLY = join(PROJECT, 'cdk.out');
const ROUNDS = 3;
/** Of what seemed too slow: each round starts two processes a function, so that only a doubt is worth so many. */
const DOUBTFUL_ROUNDS = 7;

/** This machine may be at other work, too. */
jest.setTimeout(180_000);

/** What an earlier message still writes on a busy machine may be counted with the next one: doubts are counted anew. */
async function twiceOver(
  measure: (isDoubtful: boolean) => Partial<Budget> | Promise<Partial<Budget>>,
): Promise<readonly string[]> {
  const over = async (isDoubtful: boolean) => overBudget(recordedBudget(PROJECT), await measure(isDoubtful));
  return (await over(false)).length === 0 ? [] : over(true);
}

describe('a change of the engine', () => {
  test('makes no bundle larger or slower to import than the recorded budget', async () => {
    const measure = (isDoubtful: boolean) => measureBundles(ASSEMBLY, isDoubtful ? DOUBTFUL_ROUNDS : ROUNDS);
    expect(await twiceOver(measure)).toEqual([]);
  });

  test('costs a message no more calls of AWS and no more write units than the recorded budget', async () => {
    expect(await twiceOver(async () => measureCounts(ASSEMBLY, 5))).toEqual([]);
  });

  test('costs a reply no more calls of AWS and no more write units than the recorded budget', async () => {
    expect(await twiceOver(async () => measureReplies(ASSEMBLY, 5))).toEqual([]);
  });
});

describe('the guard', () => {
  const budget = {
    bundleKilobytes: { router: 400 },
    importRatio: { router: 3 },
    callsAMessage: { sms: 10 },
    writeUnitsAMessage: { sms: 20 },
    callsAReply: { turns: 9 },
    writeUnitsAReply: { turns: 12 },
  };

  test.each([
    [
      'a bundle that grew by two in a hundred',
      { bundleKilobytes: { router: 408 } },
      '408 KB in the bundle of the router',
    ],
    [
      'an import that takes twice as long',
      { importRatio: { router: 6 } },
      '6 times the processor time of a bare process to import the router',
    ],
    ['a call more', { callsAMessage: { sms: 11 } }, '11 calls of AWS a message of sms'],
    ['a write unit more', { writeUnitsAMessage: { sms: 21 } }, '21 write units a message of sms'],
    ['two calls more of a reply', { callsAReply: { turns: 11 } }, '11 calls of AWS a reply in the turns'],
    ['a write unit more of a reply', { writeUnitsAReply: { turns: 13 } }, '13 write units a reply in the turns'],
    ['what has no budget yet', { bundleKilobytes: { reader: 1 } }, 'none is recorded'],
  ])('refuses %s, and says what to do', (_what, measured, words) => {
    const [fault] = overBudget(budget, measured);
    expect(fault).toContain(words);
    expect(fault).toContain('test/bench/budget.json');
  });

  test('lets pass what a busy machine does to times, and the call that begins a minute', () => {
    expect(
      overBudget(budget, {
        bundleKilobytes: { router: 400 },
        importRatio: { router: 4 },
        callsAMessage: { sms: 10.2 },
        writeUnitsAMessage: { sms: 20.2 },
      }),
    ).toEqual([]);
  });

  test('finds a heavy library that a handler imports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guard-'));
    try {
      const bundled = async (name: string, first: string) => {
        const contents = `${first}\nexport * from './src/handlers/channel-router.lambda';`;
        const file = join(folder, `${name}.js`);
        await build({
          stdin: { contents, resolveDir: PROJECT, loader: 'ts' },
          bundle: true,
          platform: 'node',
          mainFields: ['module', 'main'],
          outfile: file,
          logLevel: 'error',
        });
        return { name, file };
      };
      const candidates = [
        await bundled('plain', ''),
        await bundled(
          'heavy',
          'import typescript from "typescript"; if (typescript.version === "") throw new Error();',
        ),
      ];
      const [plain, heavy] = importCosts(candidates, 3);
      const recorded = {
        bundleKilobytes: { router: plain?.kilobytes ?? 0 },
        importRatio: { router: plain?.ratio.median ?? 0 },
      };
      const measured = {
        bundleKilobytes: { router: heavy?.kilobytes ?? 0 },
        importRatio: { router: heavy?.ratio.median ?? 0 },
      };
      expect(overBudget(recorded, measured)).toEqual([
        expect.stringContaining('KB in the bundle'),
        expect.stringContaining('processor time'),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
