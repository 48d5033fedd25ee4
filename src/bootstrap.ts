import type { Environment } from 'aws-cdk-lib';
import { App, BootstraplessSynthesizer, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BootstrapStack } from './infra/bootstrap/bootstrap-stack';
import { chosenStages } from './infra/bootstrap/chosen-stages';
import { DELIVERY_CONTEXT, parseDeliveryContext } from './infra/bootstrap/delivery-context';
import { BOOTSTRAP_STACK, separationStackName } from './infra/bootstrap/role-names';
import { StageSeparation } from './infra/bootstrap/stage-separation';

/** Where CDK's command deploys; it says so by these variables. */
function place(): Environment {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  return { ...(account && { account }), ...(region && { region }) };
}

// The entry behind `npx projen bootstrap`; the engine itself is src/main.ts.
try {
  const app = new App();
  const delivery = parseDeliveryContext(app.node.tryGetContext(DELIVERY_CONTEXT));
  const stages = chosenStages(delivery, app.node.tryGetContext('stages'));
  // Deployed by the operator's own rights, before anything of CDK's is there: its roles get the policies. Written out
  // for one account, the templates are short enough to be deployed without a bucket.
  const common = () => ({ env: place(), synthesizer: new BootstraplessSynthesizer() });
  new BootstrapStack(app, BOOTSTRAP_STACK, {
    ...common(),
    description: 'Lets the delivery pipeline of one GitHub repository reach this account',
    delivery,
    stages,
    providerExists: app.node.tryGetContext('githubProvider') === 'exists',
  });
  for (const stage of stages) {
    new StageSeparation(app, separationStackName(stage.name), {
      ...common(),
      description: `Keeps the stage ${stage.name} apart from the account's other stages`,
      stage,
      others: stages.filter((other) => other !== stage),
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
