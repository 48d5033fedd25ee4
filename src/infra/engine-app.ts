import type { AppProps, Environment } from 'aws-cdk-lib';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DELIVERY_CONTEXT, deliveryRegion, deliveryStages } from './bootstrap/delivery-context';
import { checkStages } from './check-stages';
import { EngineStack } from './engine-stack';
import type { StageSettings } from './stages';

/** Repairs of CDK that it keeps off by default, for the sake of older projects. */
export const REPAIRS = {
  '@aws-cdk/aws-apigateway:usagePlanKeyOrderInsensitiveId': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
};

/**
 * One stack a stage, checked at synthesis against cdk-nag's AwsSolutions rules.
 *
 * CloudFormation's own rules take longer than all the rest of a synthesis (5 s of processor time against 2 s), so a
 * test applies them instead.
 */
export function engineApp(stages: readonly StageSettings[], env: Environment, props: AppProps = {}): App {
  const app = new App({ builtinCloudFormationValidation: false, ...props, context: { ...REPAIRS, ...props.context } });
  checkStages(stages, deliveryStages(app.node.tryGetContext(DELIVERY_CONTEXT)));
  for (const stage of stages) new EngineStack(app, stage, placeOf(app, stage, env));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/**
 * The region is the pipeline's word for the stage: a build that deploys nothing has no credentials and so no region,
 * and what it seals names the region's bucket. The account is whose credentials deploy.
 */
function placeOf(app: App, { name }: StageSettings, env: Environment): Environment {
  const region = deliveryRegion(app.node.tryGetContext(DELIVERY_CONTEXT), name) ?? env.region;
  return { ...env, ...(region && { region }) };
}
