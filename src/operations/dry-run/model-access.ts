import type { ModelCredential } from '../../core/ports/language-model';
import type { OperationPorts } from '../ports';

/** How the model is reached by a person's own credentials; undefined where the secret cannot be used. */
export async function modelAccess(
  secretId: string | undefined, { secrets }: Pick<OperationPorts, 'secrets'>,
): Promise<ModelCredential | undefined> {
  if (secretId === undefined) return { kind: 'role' };
  const secret = await secrets.read(secretId);
  const apiKey = secret.state === 'found' ? secret.fields.ai_api_key : undefined;
  return apiKey ? { kind: 'key', apiKey } : undefined;
}
