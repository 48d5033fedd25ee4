import type { AppProps, Environment } from 'aws-cdk-lib';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EngineStack } from './engine-stack';
import type { StageSettings } from './stages';

/** Repairs of CDK that it keeps off by default, for the sake of older projects. */
const REPAIRS = {
  '@aws-cdk/aws-apigateway:usagePlanKeyOrderInsensitiveId': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
};

/**
 * One stack a stage, checked at synthesis against cdk-nag's AwsSolutions rules.
 *
 * CloudFormation's own rules take longer than all the rest of a synthesis (5 s of processor time against 2 s), so a test applies them instead.
 */
export function engineApp(stages: readonly StageSettings[], env: Environment, props: AppProps = {}): App {
  const app = new App({ builtinCloudFormationValidation: false, ...props, context: { ...REPAIRS, ...props.context } });
  for (const stage of stages) new EngineStack(app, stage, env);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
