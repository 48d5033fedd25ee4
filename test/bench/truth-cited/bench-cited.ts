import type { BenchContext, Section, Table } from '../section';
import type { JudgedCited } from './cited-cases';
import { judgeCited, readCitedCases } from './cited-cases';

/** What evidence, scopes and a second reader add to the rules: the same values without and with them. */
export async function benchCited({ onProgress }: BenchContext): Promise<Section> {
  onProgress('Truth with evidence: judging …');
  const cases = readCitedCases();
  const before = cases.map((each) => judgeCited(each, false));
  const after = cases.map((each) => judgeCited(each));
  const right = after.filter(({ label }) => label === 'right');
  const share = (count: number, all: number) => `${((100 * count) / all).toFixed(0)} %`;
  const asked = right.filter(({ isAsked }) => isAsked).length;
  return Promise.resolve({
    name: 'truth-cited',
    title: 'Truth with evidence and a second reader',
    notes: [
      `${cases.length} values of test/bench/truth-cited with the facts that a model cites for them; the answers of `
        + 'the second reader are recorded by hand.',
      `${asked} of ${right.length} right values are doubtful, so that the second reader would be asked.`,
    ],
    tables: [
      tableOf('Wrong values that are refused', before, after, 'wrong'),
      tableOf('Right values that are refused', before, after, 'right'),
    ],
    figures: {
      truthCitedWrongShare:
        after.filter(({ label, isRefused }) => label === 'wrong' && isRefused).length /
        after.filter(({ label }) => label === 'wrong').length,
      truthCitedRightRefused: right.filter(({ isRefused }) => isRefused).length / right.length,
    },
  });

  function tableOf(
    title: string,
    without: readonly JudgedCited[],
    withAll: readonly JudgedCited[],
    label: JudgedCited['label'],
  ): Table {
    const kinds = [...new Set(withAll.filter((each) => each.label === label).map(({ kind }) => kind))].sort();
    const rows = kinds.map((kind) => {
      const isOf = (each: JudgedCited) => each.label === label && each.kind === kind;
      const all = withAll.filter(isOf);
      const byRules = all.filter(({ rules }) => rules.length > 0).length;
      const refused = all.filter(({ isRefused }) => isRefused).length;
      return [
        kind,
        all.length,
        without.filter(isOf).filter(({ isRefused }) => isRefused).length,
        byRules,
        refused,
        share(refused, all.length),
      ] as const;
    });
    return {
      title,
      columns: ['kind', 'values', 'without evidence', 'with evidence and scopes', 'and a second reader', 'share'],
      rows,
    };
  }
}
