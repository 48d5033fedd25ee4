import { collectEvidence } from '../../../src/proof/evidence';
import type { BenchContext, Section, Table } from '../section';
import type { JudgedCase, Tally } from './truth-cases';
import { judgeCase, proveCase, readTruthCases, tally } from './truth-cases';

/** What the proof lets out and refuses of the benchmark's values, by kind and by language, and how long it takes. */
export async function benchTruth({ onProgress }: BenchContext): Promise<Section> {
  onProgress('Truth: judging …');
  const cases = readTruthCases();
  const judged = cases.map(judgeCase);
  const byLabel = tally(judged, ({ label }) => label);
  const share = ({ right, all }: Tally = { right: 0, all: 1 }) => right / all;
  const milliseconds = processorTime(() => { for (const truthCase of cases) proveCase(truthCase); }) / cases.length;
  const large = processorTime(() =>
    collectEvidence({
      language: 'en-GB',
      facts: { note: 'The fee of £35 is due on 1 May. '.repeat(3_000) },
      names: [],
      templateTexts: [],
    }),
  );
  return {
    name: 'truth',
    title: 'Truth',
    notes: [
      `${cases.length} values of test/bench/truth, judged by \`proveValues\` with facts and template alone: without `
        + 'cited evidence, scopes or a second reader.',
    ],
    tables: [
      tableOf(
        'Right values that go out',
        'kind',
        tally(judged.filter(isRight), ({ kind }) => kind),
      ),
      tableOf(
        'Wrong values that are refused',
        'kind',
        tally(
          judged.filter((each) => !isRight(each)),
          ({ kind }) => kind,
        ),
      ),
      tableOf(
        'By language',
        'language, label',
        tally(judged, ({ scenario, label }) => `${scenario.language.slice(0, 2)}, ${label}`),
      ),
      {
        title: 'Speed',
        columns: ['what', 'processor time, ms'],
        rows: [
          ['reading facts and judging one value', milliseconds.toFixed(1)],
          ['reading facts of 96 KB', large.toFixed(0)],
        ],
      },
    ],
    figures: {
      truthRightShare: share(byLabel.right),
      truthWrongShare: share(byLabel.wrong),
      truthJudgeMilliseconds: milliseconds,
    },
  };
}

function isRight({ label }: JudgedCase): boolean {
  return label === 'right';
}

function tableOf(title: string, subject: string, tallies: Readonly<Record<string, Tally>>): Table {
  const rows = Object.entries(tallies).map(
    ([name, { right, all }]) => [name, all, right, `${((100 * right) / all).toFixed(0)} %`] as const,
  );
  return { title, columns: [subject, 'values', 'as they should be', 'share'], rows };
}

function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
