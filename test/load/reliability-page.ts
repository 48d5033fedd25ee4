import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- load run: written by `npx projen load --write` -->';
const END = '<!-- end of the load run -->';

/** Puts the table of a load run between its markers; a page without them gets them at its end. */
export function writeReliability(file: string, table: readonly string[]): void {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '# Reliability\n';
  const section = [BEGIN, '', ...table, '', END].join('\n');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  writeFileSync(
    file,
    after === undefined ? `${page.trimEnd()}\n\n## The load run\n\n${section}\n` : `${before}${section}${after}`,
  );
}
