import type { Bar } from './svg-chart';

/** One table of a run. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<ReadonlyArray<string | number>>;
}

/** What one part of the benchmark found. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** Another page than `docs/performance.md`: its figures are the same on each machine. */
  readonly page?: string;
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  /** Every figure by its name, for JSON and for the comparison with what is to be reached. */
  readonly figures: Readonly<Record<string, number>>;
  /** Drawn as a chart beside the tables. */
  readonly bars?: { readonly title: string; readonly unit: string; readonly bars: readonly Bar[] };
}

/** What a part needs to know. */
export interface BenchContext {
  readonly assemblyFolder: string;
  /** Fewer and shorter runs, for a look while working. */
  readonly isQuick: boolean;
  readonly onProgress: (line: string) => void;
}

export function markdown({ title, notes, tables }: Section, level = 3): readonly string[] {
  return [
    `${'#'.repeat(level)} ${title}`,
    '',
    ...notes.flatMap((note) => [note, '']),
    ...tables.flatMap((table) => [...tableLines(table), '']),
  ];
}

/** The first column is text, the others are figures. */
export function tableLines({ title, columns, rows }: Table): readonly string[] {
  const line = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(columns),
    line(columns.map((_column, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ];
}
