import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BROKEN_DEPLOYMENT,
  brokenIn,
  editedWorkflow,
  HARMLESS_CHANGE,
  TYPE_ERROR,
} from '../../../../tools/pipeline-rehearsal/delivery/injected-changes';
import { workflowFile } from '../../../../tools/pipeline-rehearsal/delivery/pipeline-facts';

const PROJECT = join(__dirname, '../../../..');

test('every fault can be injected into the project as it is', () => {
  for (const { file, change } of [
    ...BROKEN_DEPLOYMENT,
    ...brokenIn('dev'),
    ...editedWorkflow(workflowFile('deliver')),
    ...HARMLESS_CHANGE,
    ...TYPE_ERROR,
  ]) {
    const text = readFileSync(join(PROJECT, file), 'utf8');
    expect(change(text)).not.toBe(text);
  }
});

test('the stack that cannot be deployed is injected before the app is synthesised', () => {
  const [, app] = BROKEN_DEPLOYMENT;
  const injected = app?.change(readFileSync(join(PROJECT, 'src/main.ts'), 'utf8')) ?? '';
  expect(injected.match(/\.synth\(\);/g)).toHaveLength(1);
  expect(injected.indexOf("'InjectedSecond'")).toBeLessThan(injected.indexOf('injected.synth();'));
});

test('an app of another form takes no change, so that the rehearsal says so', () => {
  expect(BROKEN_DEPLOYMENT[1]?.change('something(else);\n')).toBe('something(else);\n');
});
