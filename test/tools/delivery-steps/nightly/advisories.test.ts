import { reportAdvisories } from '../../../../tools/delivery-steps/nightly/advisories';

const SHIPPED = new Set(['node_modules/zod']);
const weakness = (name: string, more: object = {}) => ({
  name, severity: 'high', isDirect: true, nodes: [`node_modules/${name}`], fixAvailable: true,
  via: [{ title: 'Reads a file of yours', url: 'https://github.com/advisories/GHSA-x', severity: 'high' }], ...more,
});
const audit = (...all: ReadonlyArray<{ readonly name: string }>) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities: Object.fromEntries(all.map((one) => [one.name, one])) });

test('no weakness is clean', () => {
  expect(reportAdvisories(audit(), SHIPPED)).toMatchObject({ state: 'clean' });
});

test('what is deployed comes first, apart from what only our machines run', () => {
  const { state, body } = reportAdvisories(audit(weakness('acorn'), weakness('zod')), SHIPPED);
  expect(state).toBe('found');
  expect(body).toMatch(/In the functions that are deployed[^]*`zod`[^]*On our machines and runners only[^]*`acorn`/);
  expect(reportAdvisories(audit(weakness('acorn')), SHIPPED).body).toContain('None is in a function that is deployed.');
});

test.each([
  ['an upgrade within the ranges', true], ['nothing yet', false], ['`zod` 5.0.0', { name: 'zod', version: '5.0.0' }],
])('it says that %s mends it', (words, fixAvailable) => {
  expect(reportAdvisories(audit(weakness('zod', { fixAvailable })), SHIPPED).body).toContain(`| ${words} |`);
});

test('a package that only passes on what another has is not counted twice', () => {
  const passing = weakness('express', { via: ['zod'] });
  expect(reportAdvisories(audit(passing, weakness('zod')), SHIPPED).body).not.toContain('express');
});

test('words of an advisory cannot break the table or mention people', () => {
  const hostile = weakness('zod', { via: [{ title: 'a | b\n@maintainers <script>`', url: 'https://x', severity: 'low' }] });
  const { body } = reportAdvisories(audit(hostile), SHIPPED);
  expect(body).not.toMatch(/@maintainers|<script>/);
  expect(body.split('\n').filter((line) => line.startsWith('| `zod`'))).toHaveLength(1);
});

test.each([['an error', '{"error":{"code":"ENOAUDIT"}}'], ['nothing', ''], ['a page', '<html>405</html>']])(
  'a registry that answers %s leaves what was known as it is', (_title, answer) => {
    expect(reportAdvisories(answer, SHIPPED)).toMatchObject({ state: 'unknown' });
  });
