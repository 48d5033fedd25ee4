import type { BenchContext, Section } from '../section';
import { judgedByOthers, tableOfOthers } from './independent/independent-cases';
import type { JudgedCase } from './truth-cases';
import { judgeCase, readTruthCases } from './truth-cases';
import { truthTables } from './truth-tables';

/** What the proof lets out and refuses of the benchmark's values. Nothing of it depends on machine or time. */
export async function benchTruth({ onProgress }: BenchContext): Promise<Section> {
  onProgress('Truth: judging …');
  const judged = readTruthCases().map(judgeCase);
  const share = (label: JudgedCase['label']) => {
    const own = judged.filter((each) => each.label === label);
    return own.filter(({ isAsItShouldBe }) => isAsItShouldBe).length / own.length;
  };
  return Promise.resolve({
    name: 'truth',
    title: 'By kind and language',
    page: 'docs/truth.md',
    notes: [
      `${judged.length} values of \`test/bench/truth\`, judged by \`proveValues\` with facts and template alone: `
        + 'without cited evidence, scopes or a second reader. All samples are mended; the last table has the values '
        + 'of others.',
    ],
    tables: [...truthTables(judged), tableOfOthers(judgedByOthers())],
    figures: { truthRightShare: share('right'), truthWrongShare: share('wrong') },
  });
}
