import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createCoverageMap, createCoverageSummary } from 'istanbul-lib-coverage';

/** In per cent of what ships. Babel counts each default value and optional step as a branch, which V8 does not. */
const FLOOR = { statements: 95, branches: 88, functions: 95, lines: 95 } as const;
const MEASURES = ['statements', 'branches', 'functions', 'lines'] as const;

/** How many of the least tested files are named when the floor is missed. */
const NAMED = 10;

/** `tsx test/support/coverage-floor.ts <coverage-final.json>…`: what several runs of the tests reached together. */
const all = createCoverageMap();
for (const file of process.argv.slice(2)) all.merge(JSON.parse(readFileSync(file, 'utf8')));

const total = createCoverageSummary();
for (const file of all.files()) total.merge(all.fileCoverageFor(file).toSummary());
console.log(MEASURES.map((measure) => `${measure} ${total[measure].pct} %`).join(', '));

const missed = MEASURES.filter((measure) => total[measure].pct < FLOOR[measure]);
if (all.files().length === 0 || missed.length > 0) {
  const least = all.files()
    .map((file) => ({ file: relative('.', file), ...all.fileCoverageFor(file).toSummary().statements }))
    .sort((one, other) => other.total - other.covered - (one.total - one.covered))
    .slice(0, NAMED);
  console.error(
    'The tests reach less of src than '
      + `${missed.map((measure) => `${FLOOR[measure]} % of its ${measure}`).join(', ')}. Most is left in:`,
  );
  for (const { file, total: statements, covered } of least) {
    console.error(`  ${file}: ${statements - covered} statements`);
  }
  process.exitCode = 1;
}
