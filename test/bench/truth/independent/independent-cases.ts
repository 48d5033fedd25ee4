import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../../section';
import type { JudgedCase } from '../truth-cases';
import { casesIn, judgeCase } from '../truth-cases';
import { tableBy } from '../truth-tables';

/** A judged value and the file that holds it. */
export interface JudgedOfOthers extends JudgedCase {
  readonly file: string;
}

/**
 * Values that were written by people who had not read the rules, 432 right and 576 wrong ones in 15 languages. In the
 * first four files some right values are calculated from the facts. Some kinds were mended after the first five files
 * had been judged: docs/truth.md has the figures of before.
 */
export function judgedByOthers(): readonly JudgedOfOthers[] {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.jsonl'));
  return files.flatMap((file) =>
    casesIn(readFileSync(join(__dirname, file), 'utf8')).map((each) => ({ ...judgeCase(each), file })),
  );
}

export function tableOfOthers(judged: readonly JudgedOfOthers[]): Table {
  return tableBy('file of others', judged, ({ file }) => file);
}
