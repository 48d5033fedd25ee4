import { reportUpgrades } from '../../../../tools/delivery-steps/nightly/upgrades';

function lock(versions: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    packages: {
      '': {},
      ...Object.fromEntries(Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }])),
    },
  });
}

const FACTS = {
  manifest: JSON.stringify({ dependencies: { zod: '^4.6.7' }, devDependencies: { projen: '0.103.25' } }),
  lockBefore: lock({ zod: '4.6.7', projen: '0.103.25', acorn: '8.0.0' }),
  lockAfter: lock({ zod: '4.6.7', projen: '0.103.25', acorn: '8.0.0' }),
  outdated: '',
  outcome: 'success',
};

test('nothing newer is clean', () => {
  expect(reportUpgrades(FACTS)).toMatchObject({ state: 'clean' });
});

test('newer versions within the ranges say whether the build passes, and show only the project\'s own packages', () => {
  const changed = { ...FACTS, lockAfter: lock({ zod: '4.7.0', projen: '0.103.25', acorn: '8.1.0', fresh: '1.0.0' }) };
  const report = reportUpgrades(changed);
  expect(report.body).toContain(
    'Within the ranges, 3 packages have newer versions; build, lint and tests pass with them',
  );
  expect(report.body).toContain('| `zod` | `4.6.7` | `4.7.0` |');
  expect(report.body).not.toContain('acorn');
  expect(reportUpgrades({ ...changed, outcome: 'failure' }).body).toContain('**the build fails with them**');
});

test('what a pinned version keeps back is named as a decision', () => {
  const outdated = JSON.stringify({
    projen: { current: '0.103.25', wanted: '0.103.25', latest: '0.104.0' },
    acorn: { current: '8.0.0', latest: '9.0.0' },
  });
  const report = reportUpgrades({ ...FACTS, outdated });
  expect(report).toMatchObject({
    state: 'found',
    body: expect.stringContaining('| `projen` | `0.103.25` | `0.104.0` |'),
  });
  expect(report.body).not.toContain('acorn');
  expect(report.body).not.toContain('Within the ranges');
});
