import { DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeliveryStage } from './delivery-context';
import { deployRoleName } from './role-names';

/** CDK's own roles that a deployment needs; the one for images is left out, because no function is one. */
const CDK_ROLES = ['deploy-role', 'file-publishing-role', 'lookup-role'];

/**
 * May do one thing: become the roles that `cdk bootstrap` made for the stage's region. What a deployment may change is
 * decided there.
 */
export class DeployRole extends Construct {
  constructor(scope: Construct, id: string, stage: DeliveryStage, trusted: IPrincipal) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: deployRoleName(stage.name),
      description: `Deployment of the stage ${stage.name} from GitHub Actions`,
      assumedBy: trusted,
    });
    const { account, partition } = Stack.of(this);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: CDK_ROLES.map(
          (name) =>
            `arn:${partition}:iam::${account}:role/cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-${name}-${account}-${stage.region}`,
        ),
      }),
    );
  }
}
