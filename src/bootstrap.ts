import { App, BootstraplessSynthesizer, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BootstrapStack } from './infra/bootstrap/bootstrap-stack';
import { chosenStages } from './infra/bootstrap/chosen-stages';
import { DELIVERY_CONTEXT, parseDeliveryContext } from './infra/bootstrap/delivery-context';
import { BOOTSTRAP_STACK } from './infra/bootstrap/role-names';

// The entry behind `npx projen bootstrap`; the engine itself is src/main.ts.
try {
  const app = new App();
  const delivery = parseDeliveryContext(app.node.tryGetContext(DELIVERY_CONTEXT));
  new BootstrapStack(app, BOOTSTRAP_STACK, {
    // Deployed by the operator's own rights, before anything of CDK's is there: those roles get its policies.
    synthesizer: new BootstraplessSynthesizer(),
    description: 'Lets the delivery pipeline of one GitHub repository reach this account',
    delivery,
    stages: chosenStages(delivery, app.node.tryGetContext('stages')),
    providerExists: app.node.tryGetContext('githubProvider') === 'exists',
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
