import { AssumeRoleWithWebIdentityCommand, STSClient, STSServiceException } from '@aws-sdk/client-sts';
import type { RoleCredentials, RoleRequest } from '../../workflow-runner/actions/action-call';
import { ActionFailure } from '../../workflow-runner/actions/action-failure';

const ISSUER = 'https://token.actions.githubusercontent.com';
const LIFETIME_SECONDS = 300;

/** A token as GitHub issues it to a job, but unsigned: the emulator reads the claims and knows no keys. */
function identityToken({ subject, audience }: RoleRequest, now: number): string {
  const claims = {
    iss: ISSUER,
    sub: subject,
    aud: audience,
    iat: Math.floor(now / 1000),
    exp: Math.floor(now / 1000) + LIFETIME_SECONDS,
  };
  return [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('unsigned')
    .join('.');
}

/**
 * Asks the emulator for the role, as the action asks AWS: whether the job may have it is for the role's own trust
 * policy to say.
 */
export async function assumeRole(request: RoleRequest, now: number): Promise<RoleCredentials> {
  // A caller that asks by a token needs no key of AWS.
  const client = new STSClient({ credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
  try {
    const { Credentials: given } = await client.send(new AssumeRoleWithWebIdentityCommand({
      RoleArn: request.roleArn, RoleSessionName: 'rehearsal', WebIdentityToken: identityToken(request, now),
    }));
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
  } catch (error) {
    if (!(error instanceof STSServiceException)) throw error;
    throw new ActionFailure(`Assuming ${request.roleArn} as ${request.subject} failed: ${error.message}`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}
