import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { resourceNames } from '../core/names';
import { acknowledge } from './acknowledge';
import type { StageSettings } from './stages';

export interface ReleaseProps {
  readonly stage: StageSettings;
  /** By the short name that alarms bear. */
  readonly live: Readonly<Record<string, Alias>>;
  /** What takes a function's release back when it rings. */
  readonly alarmOf: (name: string) => Alarm;
}

const PACE = {
  at_once: LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
} as const;

const SERVICE_POLICY = 'service-role/AWSCodeDeployRoleForLambdaLimited';

/**
 * New versions take over as the stage says: CodeDeploy shifts calls, and CloudFormation takes the whole update back
 * if one fails.
 */
export class Release extends Construct {
  constructor(scope: Construct, id: string, { stage, live, alarmOf }: ReleaseProps) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application', {
      applicationName: resourceNames(stage.name).stack,
    });
    const role = shiftingRole(this, stage);
    for (const [name, alias] of Object.entries(live)) {
      new LambdaDeploymentGroup(this, name, {
        application,
        role,
        alias,
        alarms: [alarmOf(name)],
        deploymentConfig: PACE[stage.rollout],
      });
    }
  }
}

function shiftingRole(scope: Construct, stage: StageSettings): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    description: `Shifts calls to new versions of the functions of ${stage.name}`,
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(SERVICE_POLICY)],
  });
  acknowledge(role, {
    [`IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${SERVICE_POLICY}]`]:
      'The policy that AWS keeps for this very purpose: it may change aliases of functions and read alarms, ' +
      'and opens no data.',
  });
  return role;
}
