import type { ChannelSettings } from '../core/company/company';
import { modelSecretId } from '../core/company/company';
import { writtenVariables } from '../core/company/template';
import type { ModelCredential } from '../core/ports/language-model';
import type { SecretResult } from '../core/ports/secret-store';
import type { RecordHold } from './commit';
import type { Blocked } from './defer-or-fail';
import type { Work } from './processing';

/**
 * The channel's credentials at the vendor (which fields they must have is the vendor adapter's business), and the
 * model's key.
 */
export interface MessageSecrets {
  readonly credentials: Readonly<Record<string, string>>;
  readonly access: ModelCredential;
}

/** Both before the model is paid: a message that cannot be sent is not worth composing. */
export async function secretsStep(
  work: Work,
  { stage }: RecordHold,
  settings: ChannelSettings,
): Promise<MessageSecrets | Blocked> {
  const { credentialsId } = settings;
  const secretId = modelSecretId(settings.model);
  // A stage without a model's key sends templates that only copy.
  const asksModel = stage === 'processing' && writtenVariables(settings.content.template).length > 0;
  const { secrets } = work.ports;
  const [credentials, model] = await Promise.all([
    secrets.read(credentialsId),
    asksModel && secretId !== undefined ? secrets.read(secretId) : undefined,
  ]);
  if (credentials.outcome !== 'found') return unreadable(credentials.outcome, credentialsId);
  // No key is needed: the function's role is the credential, or no model is asked.
  if (!model || secretId === undefined) return { credentials: credentials.fields, access: { kind: 'role' } };
  if (model.outcome !== 'found') return unreadable(model.outcome, secretId);
  const { ai_api_key: apiKey } = model.fields;
  return apiKey
    ? { credentials: credentials.fields, access: { kind: 'key', apiKey } }
    : unreadable('malformed', secretId);
}

function unreadable(outcome: Exclude<SecretResult['outcome'], 'found'>, secretId: string): Blocked {
  switch (outcome) {
    case 'missing':
      return { blocker: { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_missing', detail: secretId } };
    case 'malformed':
      return { blocker: { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_malformed', detail: secretId } };
    case 'unavailable':
      return { blocker: { kind: 'wait', pace: 'soon', reason: 'secret_unavailable', detail: secretId } };
  }
}
