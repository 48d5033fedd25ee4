import type { Table } from '../section';
import type { JudgedCase, Tally } from './truth-cases';
import { tally } from './truth-cases';

/** What the proof lets out and refuses, by kind and by language: the same on each machine and in each run. */
export function truthTables(judged: readonly JudgedCase[]): readonly Table[] {
  return [
    tableBy('kind', judged, ({ kind }) => kind),
    tableBy('language', judged, ({ scenario }) => scenario.language.slice(0, 2)),
  ];
}

/** The values of each name, right and wrong ones beside each other. */
export function tableBy<Judged extends JudgedCase>(
  subject: string, judged: readonly Judged[], name: (each: Judged) => string,
): Table {
  const right = tally(judged.filter(({ label }) => label === 'right'), name);
  const wrong = tally(judged.filter(({ label }) => label === 'wrong'), name);
  const told = (counted: Tally | undefined) => (counted ? `${counted.right} of ${counted.all}` : '');
  const names = [...new Set(judged.map(name))].sort();
  return {
    title: `By ${subject}`,
    columns: [subject, 'right values that go out', 'wrong values refused'],
    rows: names.map((each) => [each, told(right[each]), told(wrong[each])] as const),
  };
}
