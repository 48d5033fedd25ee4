import { z } from 'zod';
import { AUDIENCE } from '../../src/infra/bootstrap/github-trust';

/** How a job asks GitHub for its identity token; set where it may have one. */
export interface TokenRequest {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

const PATIENCE = 30_000;

const answer = z.object({ value: z.string() });
const claims = z.object({ sub: z.string() });

/** The subject of the token that GitHub would give the job. The token itself is shown and kept nowhere. */
export async function identitySubject({ url, token, fetch: call }: TokenRequest): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('audience', AUDIENCE);
  const response = await call(address, {
    headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) {
    throw new Error(`Asking GitHub for the job's identity failed with HTTP ${response.status}. Run the job again.`);
  }
  const [, payload = ''] = answer.parse(await response.json()).value.split('.');
  return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).sub;
}
