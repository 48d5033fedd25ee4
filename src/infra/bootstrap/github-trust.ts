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
  const [only, ...others] = new Set(environments.flatMap((environment) => subjectsOf(repository, environment)));
  return new WebIdentityPrincipal(provider.oidcProviderArn, {
    StringEquals: {
      [`${ISSUER}:aud`]: AUDIENCE,
      [`${ISSUER}:sub`]: others.length === 0 ? only : [only, ...others],
    },
  });
}

/**
 * As GitHub writes the subject of a job with an environment, letter by letter: AWS minds even the
 * letter case. With the immutable ids where the repository has them.
 */
export function subjectsOf(repository: RepositoryIdentity, environment: string): readonly string[] {
  const { owner, name, ids, subjects = ids ? 'ids' : 'names' } = repository;
  if (subjects !== 'names' && !ids) {
    throw new Error(
      `Trusting the repository ${owner}/${name} by its identifiers failed: they are not given. Add ids to \`repository\` `
      + `in .projenrc.ts, from gh api repos/${owner}/${name} --jq '{owner: .owner.id, repository: .id}'.`,
    );
  }
  const byNames = `repo:${owner}/${name}:environment:${environment}`;
  const byIds = ids ? [`repo:${owner}@${ids.owner}/${name}@${ids.repository}:environment:${environment}`] : [];
  return [...(subjects === 'ids' ? [] : [byNames]), ...(subjects === 'names' ? [] : byIds)];
}
