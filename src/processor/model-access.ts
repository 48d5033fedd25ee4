import type { ChannelSettings } from '../core/company/company';
import { modelSecretId } from '../core/company/company';
import { writtenVariables } from '../core/company/template';
import type { ModelCredential } from '../core/ports/language-model';
import type { SecretResult, SecretStore } from '../core/ports/secret-store';

/** How the model is reached, or the secret that cannot be used for it. */
export type ModelAccessResult =
  | { readonly access: ModelCredential }
  | { readonly unusable: Exclude<SecretResult['outcome'], 'found'>; readonly secretId: string };

/** Reads the model's key. No secret is read where the function's role is the credential, or no model is asked. */
export async function readModelAccess(
  { model, content }: ChannelSettings,
  secrets: Pick<SecretStore, 'read'>,
): Promise<ModelAccessResult> {
  const secretId = modelSecretId(model);
  if (secretId === undefined || writtenVariables(content.template).length === 0) return { access: { kind: 'role' } };
  const secret = await secrets.read(secretId, { kind: 'model', channel: content.channel });
  if (secret.outcome !== 'found') return { unusable: secret.outcome, secretId };
  const { ai_api_key: apiKey } = secret.fields;
  return apiKey ? { access: { kind: 'key', apiKey } } : { unusable: 'malformed', secretId };
}
