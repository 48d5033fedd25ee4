import { z } from 'zod';
import type { CheckReport } from './check-report';

const lockFile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
const ranges = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: ranges, devDependencies: ranges });
const outdated = z.record(z.string(), z.object({ current: z.string().optional(), latest: z.string() }));

export interface UpgradeFacts {
  /** Texts of package-lock.json before and after `npm update`, and of package.json. */
  readonly lockBefore: string;
  readonly lockAfter: string;
  readonly manifest: string;
  /** What `npm outdated --json` says. */
  readonly outdated: string;
  /** How the build went with the new versions: GitHub's word for a step's outcome. */
  readonly outcome: string;
}

/** Says which packages can be raised, and whether everything still passes with those that the ranges allow. */
export function reportUpgrades(facts: UpgradeFacts): CheckReport {
  const title = 'Packages can be upgraded';
  const { dependencies, devDependencies } = manifest.parse(JSON.parse(facts.manifest));
  const direct = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  const changes = versionChanges(facts.lockBefore, facts.lockAfter);
  const own = changes.filter(({ name }) => direct.has(name));
  const beyond = Object.entries(outdated.parse(JSON.parse(facts.outdated || '{}'))).filter(
    ([name, { current, latest }]) => direct.has(name) && current !== latest,
  );
  if (changes.length === 0 && beyond.length === 0) {
    return { title, state: 'clean', body: 'Every package is at its newest version.' };
  }
  return {
    title,
    state: 'found',
    body: [
      ...(changes.length > 0 ? [withinRanges(facts.outcome, changes.length)] : []),
      ...(own.length > 0 ? [table(own.map(({ name, from, to }) => [name, from, to]))] : []),
      ...(beyond.length > 0
        ? [
          'Newer than the versions in `.projenrc.ts` allow; each is a decision:',
          table(beyond.map(([name, { current, latest }]) => [name, current ?? 'none', latest])),
        ]
        : []),
    ].join('\n\n'),
  };
}

function withinRanges(outcome: string, amount: number): string {
  const how =
    outcome === 'success'
      ? 'build, lint and tests pass with them: run `npm update`, `npx projen build`, and commit package-lock.json'
      : '**the build fails with them**: see the step of this run';
  return `Within the ranges, ${amount} packages have newer versions; ${how}.`;
}

function versionChanges(
  before: string,
  after: string,
): ReadonlyArray<{ readonly name: string; readonly from: string; readonly to: string }> {
  const old = lockFile.parse(JSON.parse(before)).packages;
  return Object.entries(lockFile.parse(JSON.parse(after)).packages).flatMap(([path, { version }]) => {
    const from = old[path]?.version;
    return version === undefined || from === version
      ? []
      : [{ name: path.replace(/^node_modules\//, ''), from: from ?? 'none', to: version }];
  });
}

function table(rows: ReadonlyArray<readonly string[]>): string {
  return [
    '| package | has | could have |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.map((cell) => `\`${cell}\``).join(' | ')} |`),
  ].join('\n');
}
