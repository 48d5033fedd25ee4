import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildMode } from '../../../../tools/pipeline-rehearsal/delivery/script-replacements';
import { replace, replacements } from '../../../../tools/pipeline-rehearsal/delivery/script-replacements';
import { workflowFile } from '../../../../tools/pipeline-rehearsal/delivery/pipeline-facts';
import { readWorkflow } from '../../../../tools/workflow-runner/workflow-file';

const PROJECT = join(__dirname, '../../../..');

/** The scripts of the generated workflows, in the form in which they run. */
async function ran(build: BuildMode): Promise<ReadonlyMap<string, string>> {
  const rules = replacements({ projectFolder: '/the project', build });
  const files = await Promise.all(
    ['deliver', 'promote', 'rollback'].map(async (name) => readWorkflow(join(PROJECT, workflowFile(name)))),
  );
  const scripts = files
    .flatMap(({ jobs }) => Object.values(jobs))
    .flatMap(({ steps }) => steps)
    .flatMap(({ run = [] }) => run);
  return new Map(scripts.map((script) => [script, replace(script, rules)?.script ?? script]));
}

test('of the generated workflows only the installation and the deployment run in another form', async () => {
  const changed = [...(await ran('whole'))]
    .filter(([script, form]) => script !== form)
    .map(([script]) => script.split(' ').slice(0, 3).join(' '));
  expect([...new Set(changed)].sort()).toEqual(['npm ci --ignore-scripts', 'npx cdk deploy']);
});

test('the deployment is the same command, of the copy that the emulator can take', async () => {
  const forms = await ran('whole');
  const [script, form] = [...forms].find(([text]) => text.startsWith('npx cdk deploy --app cdk.out')) ?? ['', ''];
  expect(form).toBe(
    [
      "'/the project'/node_modules/.bin/tsx '/the "
        + "project'/tools/pipeline-rehearsal/emulator-copy/copy-for-emulator.ts cdk.out .local/emulator-assembly",
      script.replace('--app cdk.out', '--app .local/emulator-assembly'),
    ].join(' && '),
  );
});

test.each([
  ['checked-before', 'npx projen default'],
  ['type-check', 'npx tsc --project tsconfig.dev.json --noEmit'],
  ['generated-files', 'npx projen default'],
  ['none', 'true'],
] as const)('a build of the kind %s is only %s', async (build, form) => {
  expect((await ran(build)).get('npx projen build')).toBe(form);
});

test('the script that copies the assembly is in the project', async () => {
  const [, form = ''] = [...await ran('whole')].find(([script]) => script.startsWith('npx cdk deploy')) ?? [];
  const [, program = 'none'] = /tsx '\/the project'\/(\S+) /.exec(form) ?? [];
  expect(existsSync(join(PROJECT, program))).toBe(true);
});

test("a project's folder with an apostrophe reaches the shell as one word", () => {
  const [rule] = replacements({ projectFolder: "/it's", build: 'none' });
  expect(rule?.script([])).toContain("cp -al '/it'\\''s'/node_modules node_modules");
});
