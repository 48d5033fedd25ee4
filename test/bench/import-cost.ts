import { statSync } from 'node:fs';
import type { FreshImport } from '../../tools/local-stage/fresh-import';
import { importFresh } from '../../tools/local-stage/fresh-import';
import type { Spread } from './figures';
import { spread } from './figures';

/** Something that a fresh process imports. */
export interface Importable {
  readonly name: string;
  /** JavaScript file. */
  readonly file: string;
  readonly nodeFlags?: readonly string[];
}

export interface ImportCost {
  readonly name: string;
  readonly kilobytes: number;
  /** Milliseconds from the first line of the process to the end of the import. */
  readonly milliseconds: Spread;
  /** Beyond a bare process. */
  readonly megabytes: number;
  /**
   * Processor time of the whole process against that of a bare one, run right before it: that hardly changes when the
   * machine is busy.
   */
  readonly ratio: Spread;
}

/** Imports each in a fresh process, all in turns with a bare one, so many times. */
export function importCosts(candidates: readonly Importable[], rounds: number): readonly ImportCost[] {
  const runs = new Map(
    candidates.map((candidate) => [
      candidate,
      { imports: new Array<FreshImport>(), ratios: new Array<number>(), bare: new Array<FreshImport>() },
    ]),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const [candidate, seen] of runs) {
      const bare = importFresh();
      const run = importFresh(candidate.file, candidate.nodeFlags);
      seen.bare.push(bare);
      seen.imports.push(run);
      seen.ratios.push(run.cpu / bare.cpu);
    }
  }
  return [...runs].map(([{ name, file }, { imports, ratios, bare }]) => ({
    name,
    kilobytes: statSync(file).size / 1024,
    milliseconds: spread(imports.map(({ milliseconds }) => milliseconds)),
    megabytes:
      (spread(imports.map(({ residentBytes }) => residentBytes)).median -
        spread(bare.map(({ residentBytes }) => residentBytes)).median) /
      1024 ** 2,
    ratio: spread(ratios),
  }));
}
