import type { StackProps } from 'aws-cdk-lib';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IOidcProvider } from 'aws-cdk-lib/aws-iam';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeliveryContext, DeliveryStage } from './delivery-context';
import { DeployRole } from './deploy-role';
import { AUDIENCE, GITHUB_ISSUER_URL, trustEnvironments } from './github-trust';
import { TestRole } from './test-role';

export interface BootstrapStackProps extends StackProps {
  readonly delivery: DeliveryContext;
  /** The stages of this AWS account. */
  readonly stages: readonly DeliveryStage[];
  /** An account can have GitHub's identity provider only once: true where something else has made it already. */
  readonly providerExists: boolean;
}

/**
 * What an AWS account needs before the pipeline can reach it: GitHub as an identity provider, and two roles a stage.
 */
export class BootstrapStack extends Stack {
  constructor(scope: Construct, id: string, props: BootstrapStackProps) {
    super(scope, id, props);
    const { delivery: { repository }, stages } = props;
    const provider = this.githubProvider(props.providerExists);
    for (const stage of stages) {
      new DeployRole(this, `Deploy-${stage.name}`, stage, trustEnvironments(provider, repository, [stage.environment]));
      // After a deployment the same job tests, before the reviewers of a gated environment would be asked again.
      new TestRole(
        this,
        `Test-${stage.name}`,
        stage,
        trustEnvironments(provider, repository, [stage.environment, stage.testEnvironment]),
      );
    }
  }

  private githubProvider(exists: boolean): IOidcProvider {
    if (exists) {
      const arn = `arn:${this.partition}:iam::${this.account}:oidc-provider/${GITHUB_ISSUER_URL.replace('https://', '')}`;
      return OidcProviderNative.fromOidcProviderArn(this, 'GitHub', arn);
    }
    // Other repositories of the account may have come to use it: it outlives this stack.
    return new OidcProviderNative(this, 'GitHub', {
      url: GITHUB_ISSUER_URL,
      clientIds: [AUDIENCE],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
