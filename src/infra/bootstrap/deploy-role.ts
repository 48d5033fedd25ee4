import { Stack } from 'aws-cdk-lib';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { resourceNames } from '../../core/names';
import { acknowledge } from '../acknowledge';
import { asNagShows } from '../permissions';
import type { DeliveryStage } from './delivery-context';
import { deployRoleName, qualifierOf, toolkitStackName } from './role-names';

/** CDK's own roles that a deployment needs; the one for images is left out, because no function is one. */
const CDK_ROLES = ['deploy-role', 'file-publishing-role', 'lookup-role'];

/**
 * May look at what a deployment would meet, and become the roles that `cdk bootstrap` made for the stage. What a
 * deployment may change is decided there.
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
    const arn = (service: string, rest: string, owner = account) =>
      `arn:${partition}:${service}:${stage.region}:${owner}:${rest}`;
    const stacks = [resourceNames(stage.name).stack, toolkitStackName(stage.name)]
      .map((name) => arn('cloudformation', `stack/${name}/*`));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: CDK_ROLES.map(
          (name) =>
            `arn:${partition}:iam::${account}:role/cdk-${qualifierOf(stage.name)}-${name}-${account}-${stage.region}`,
        ),
      }),
    );
    role.addToPolicy(new PolicyStatement({
      sid: 'LookAtTheStacks',
      actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
      resources: stacks,
    }));
    role.addToPolicy(new PolicyStatement({
      sid: 'LookAtTheQuota', actions: ['lambda:GetAccountSettings'], resources: ['*'],
    }));
    role.addToPolicy(new PolicyStatement({
      sid: 'LookAtTheLogRole', actions: ['apigateway:GET'], resources: [arn('apigateway', '/account', '')],
    }));
    const why = 'A stack\'s ARN ends with an identifier that is known only once it is there; the quota has no resource.';
    acknowledge(this, Object.fromEntries(['*', ...stacks].map((resource) => [
      `IAM5[Resource::${asNagShows(this, resource)}]`, why,
    ])));
  }
}
