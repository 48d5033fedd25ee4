import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section, Table } from './section';
import { markdown, tableLines } from './section';
import { stackedBars } from './svg-chart';

const PAGE = 'docs/performance.md';
const CHART = 'performance-cost.svg';

/** Puts each part between its markers, so that one part can be measured anew and the others stay. */
export function writePerformance(
  projectFolder: string,
  sections: readonly Section[],
  targets: Table,
  machine: string,
): void {
  if (targets.rows.length > 5) {
    change(projectFolder, PAGE, (page) => between(page, 'targets', [machine, '', ...tableLines(targets), '']));
  }
  for (const section of sections) {
    const lines = [...(section.page === undefined ? [machine, ''] : []), ...markdown(section, 2)];
    const chart = section.bars ? [`![${section.bars.title}](${CHART})`, ''] : [];
    change(projectFolder, section.page ?? PAGE, (page) => between(page, section.name, [...lines, ...chart]));
    if (section.bars) {
      writeFileSync(
        join(projectFolder, 'docs', CHART),
        stackedBars(section.bars.title, section.bars.unit, section.bars.bars),
      );
    }
  }
}

function change(projectFolder: string, name: string, edit: (page: string) => string): void {
  const file = join(projectFolder, name);
  writeFileSync(file, edit(existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n'));
}

/** The page with the lines between the part's markers; they are put at its end if it has none. */
export function between(page: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}: written by \`npx projen bench --write\` -->`;
  const end = `<!-- end of ${name} -->`;
  const body = [begin, '', ...lines, end].join('\n');
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  return from >= 0 && to > from
    ? `${page.slice(0, from)}${body}${page.slice(to + end.length)}`
    : `${page.trimEnd()}\n\n${body}\n`;
}
