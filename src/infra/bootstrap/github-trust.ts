import type { IOidcProvider } from 'aws-cdk-lib/aws-iam';
import { WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { RepositoryIdentity } from './delivery-context';

const ISSUER = 'token.actions.githubusercontent.com';

export const GITHUB_ISSUER_URL = `https://${ISSUER}`;

/** The audience of the tokens that aws-actions/configure-aws-credentials asks for. */
export const AUDIENCE = 'sts.amazonaws.com';

/** Trusts jobs of these environments of this one repository: exact values, no pattern that another name could fit. */
export function trustEnvironments(
  provider: IOidcProvider,
  repository: RepositoryIdentity,
  environments: readonly string[],
): WebIdentityPrincipal {
  const [only, ...others] = new Set(environments.map((environment) => subject(repository, environment)));
  return new WebIdentityPrincipal(provider.oidcProviderArn, {
    StringEquals: {
      [`${ISSUER}:aud`]: AUDIENCE,
      [`${ISSUER}:sub`]: others.length === 0 ? only : [only, ...others],
    },
  });
}

/** As GitHub writes the subject of a job with an environment: with the immutable ids where the repository has them. */
function subject({ owner, name, ids }: RepositoryIdentity, environment: string): string {
  return ids
    ? `repo:${owner}@${ids.owner}/${name}@${ids.repository}:environment:${environment}`
    : `repo:${owner}/${name}:environment:${environment}`;
}
