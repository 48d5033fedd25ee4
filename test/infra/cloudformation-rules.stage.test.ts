import type { App } from 'aws-cdk-lib';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { engineApp } from '../../src/infra/engine-app';
import type { StageSettings } from '../../src/infra/stages';
import { PROD } from './sample-stages';
import { inFolder, withoutBundles } from './with-cdk';

/** A synthesis that CloudFormation's own rules judge, which takes seconds; `plant` makes a mistake before it. */
function judge(stages: readonly StageSettings[], plant?: (app: App) => void) {
  withoutBundles();
  return inFolder((outdir) => {
    const context = { '@aws-cdk/core:validateAgainstDefaultRules': true };
    const app = engineApp(stages, {}, { outdir, builtinCloudFormationValidation: true, context });
    plant?.(app);
    return app.synth().stacks;
  });
}

test('CloudFormation\'s own rules find no fault', () => {
  // One stage stands for both: they differ in values only, which another test holds.
  expect(judge([PROD])).toHaveLength(1);
});

test('CloudFormation\'s own rules would find one', () => {
  const plant = (app: App) =>
    new CfnResource(new Stack(app, 'Small'), 'Wrong', {
      type: 'AWS::SNS::Topic',
      properties: { TopicName: { not: 'a text' } },
    });
  expect(() => judge([], plant)).toThrow(/TopicName/);
});
