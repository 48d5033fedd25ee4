import type { Scope, StatusSoFar } from '../../../../tools/workflow-runner/expression/evaluate';
import { interpolate, isMeant } from '../../../../tools/workflow-runner/expression/evaluate';

const VALUES: Readonly<Record<string, string | number | boolean>> = { 'name': 'Ada', 'empty': '', 'number': 7, 'deploy-dev.url': 'https://x' };

function scope(status: StatusSoFar = 'success'): Scope {
  return { status, contexts: { vars: (words) => VALUES[words.join('.')] ?? null } };
}

test.each([
  ['${{ vars.name }}', 'Ada'],
  ['hello ${{vars.name}} and ${{ vars.name }}!', 'hello Ada and Ada!'],
  ['${{ vars.nothing }}', ''],
  ['${{ vars.number }}', '7'],
  ['${{ vars.deploy-dev.url }}', 'https://x'],
  ["${{ 'it''s' }}", "it's"],
  ["${{ vars.empty || 'default' }}", 'default'],
  ["${{ vars.name && 'given' }}", 'given'],
  ["${{ vars.empty && 'given' }}", ''],
  ["${{ vars.name == 'ADA' }}", 'true'],
  ["${{ vars.name != 'ADA' }}", 'false'],
  ['${{ vars.number == 7 }}', 'true'],
  ["${{ vars.number == '7' }}", 'false'],
  ["${{ !(vars.name == 'ada' && vars.empty != '') }}", 'true'],
  ["${{ vars.empty == '' && vars.name == 'x' || vars.number == 7 }}", 'true'],
  ["${{ vars.name == 'x' && vars.empty == 'y' || vars.number == 7 }}", 'true'],
  ['${{ true }} ${{ false }} ${{ null }} ${{ -1.5 }}', 'true false  -1.5'],
  ['no expression: $NAME ${NAME} {{ x }}', 'no expression: $NAME ${NAME} {{ x }}'],
])('%s becomes %s', (text, value) => {
  expect(interpolate(text, scope())).toBe(value);
});

test.each([
  [undefined, 'success', true],
  [undefined, 'failure', false],
  [undefined, 'skipped', false],
  ["vars.name == 'ada'", 'success', true],
  ["vars.name == 'ada'", 'failure', false],
  ["vars.name == 'bob'", 'success', false],
  ["failure() && vars.name == 'ada'", 'failure', true],
  ["failure() && vars.name == 'bob'", 'failure', false],
  ['failure()', 'success', false],
  ['failure()', 'skipped', false],
  ['success() || failure()', 'failure', true],
  ['success() || failure()', 'skipped', false],
  ['always()', 'skipped', true],
  ['!cancelled()', 'failure', true],
  ["${{ vars.name == 'ada' }}", 'failure', false],
  ['${{ always() }}', 'failure', true],
] as const)('if %s after %s: %s', (condition, status, meant) => {
  expect(isMeant(condition, scope(status))).toBe(meant);
});

test.each([
  ['an unknown context', '${{ matrix.node }}', 'there is no "matrix" here. The local runner knows vars.'],
  ['an unknown function', '${{ fromJSON() }}', 'the local runner does not know this function'],
  ['a function with arguments', "${{ hashFiles('package-lock.json') }}", 'near "\'package-lock.json\'"'],
  ['an index', '${{ vars["name"] }}', 'failed at "["name"]"'],
  ['a comparison of size', '${{ vars.number < 3 }}', 'failed at "< 3"'],
  ['half an expression', '${{ vars.name == }}', 'near "its end"'],
  ['two expressions in one', '${{ vars.name vars.name }}', 'near "vars.name"'],
  ['an open bracket', '${{ (vars.name }}', 'near "its end"'],
  ['nothing', '${{ }}', 'near "its end"'],
])('%s is an error that names it', (_title, text, reason) => {
  expect(() => interpolate(text, scope())).toThrow(reason);
});
