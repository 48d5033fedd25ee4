import { ExpressionLanguage } from '../../../tools/workflow-runner/expression-language';
import type { Scope, StatusSoFar, Value } from '../../../tools/workflow-runner/expression-language';

const VALUES: Readonly<Record<string, Value>> = {
  'name': 'Ada',
  'empty': '',
  'number': 7,
  'deploy-dev': () => 'https://x',
};
let language: ExpressionLanguage;
beforeAll(async () => { language = await ExpressionLanguage.load(); });

function scope(status: StatusSoFar = 'success'): Scope {
  return { status, contexts: { vars: (name) => VALUES[name] ?? null } };
}

test.each([
  ['${{ vars.name }}', 'Ada'],
  ['hello ${{vars.name}} and ${{ vars.name }}!', 'hello Ada and Ada!'],
  ['${{ vars.nothing }}', ''],
  ['${{ vars.deploy-dev.url }}', 'https://x'],
  ["${{ 'it''s' }} ${{ vars.number }} ${{ true }} ${{ null }} ${{ -1.5 }}", "it's 7 true  -1.5"],
  ["${{ vars.empty || 'default' }}", 'default'],
  ["${{ vars.name == 'ADA' }} ${{ vars.number == 7 }}", 'true true'],
  ["${{ !(vars.name == 'ada' && vars.empty != '') }}", 'true'],
  ['no expression: $NAME ${NAME} {{ x }}', 'no expression: $NAME ${NAME} {{ x }}'],
])('%s becomes %s', (text, value) => {
  expect(language.interpolate(text, scope())).toBe(value);
});

test.each([
  [undefined, 'success', true],
  [undefined, 'failure', false],
  [undefined, 'skipped', false],
  ["vars.name == 'ada'", 'success', true],
  ["vars.name == 'ada'", 'failure', false],
  ["vars.name == 'bob'", 'success', false],
  ['vars.name', 'success', true],
  ['vars.number', 'success', true],
  ['vars.empty', 'success', false],
  ['vars.nothing', 'success', false],
  ["vars.name == 'failure'", 'failure', false],
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
  expect(language.isMeant(condition, scope(status))).toBe(meant);
});

test.each([
  ['an unknown context', '${{ matrix.node }}', "Unrecognized named-value: 'matrix'"],
  ['an unknown function', "${{ hashFiles('package-lock.json') }}", "Unrecognized function: 'hashFiles'"],
  ['half an expression', '${{ vars.name == }}', 'The local runner knows vars.'],
  ['two expressions in one', '${{ vars.name vars.name }}', 'Reading the expression " vars.name vars.name " failed'],
  ['nothing', '${{ }}', 'Reading the expression'],
  ['more than one value', '${{ vars.deploy-dev }}', 'it is not a single value'],
])('%s is an error that names it', (_title, text, reason) => {
  expect(() => language.interpolate(text, scope())).toThrow(reason);
});
