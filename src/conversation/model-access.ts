import type { ChannelSettings } from '../core/company/company';
import { modelSecretId } from '../core/company/company';
import type { ModelCredential } from '../core/ports/language-model';
import type { SecretStore } from '../core/ports/secret-store';

/** How the model is reached that reads replies; undefined where its secret cannot be used. */
export async function replyModelAccess(
  { model, content }: Pick<ChannelSettings, 'model' | 'content'>,
  { secrets }: { readonly secrets: Pick<SecretStore, 'read'> },
): Promise<ModelCredential | undefined> {
  const secretId = modelSecretId(model);
  if (secretId === undefined) return { kind: 'role' };
  const secret = await secrets.read(secretId, { kind: 'model', channel: content.channel });
  const apiKey = secret.outcome === 'found' ? secret.fields.ai_api_key : undefined;
  return apiKey ? { kind: 'key', apiKey } : undefined;
}
