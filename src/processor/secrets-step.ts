import type { ChannelSettings } from '../core/company/company';
import { isTestMessage } from '../core/lifecycle/test-message';
import type { ModelCredential } from '../core/ports/language-model';
import type { SecretResult } from '../core/ports/secret-store';
import type { RecordHold } from './commit';
import type { Blocked } from './defer-or-fail';
import { readModelAccess } from './model-access';
import type { Work } from './processing';

/**
 * The channel's credentials at the vendor (which fields they must have is the vendor adapter's business), and the
 * model's key.
 */
export interface MessageSecrets {
  /** Absent for a test, which no vendor is asked for. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly access: ModelCredential;
}

/** Both before the model is paid: a message that cannot be sent is not worth composing. */
export async function secretsStep(
  work: Work,
  { stage, conversation }: RecordHold,
  settings: ChannelSettings,
): Promise<MessageSecrets | Blocked> {
  const { credentialsId, content: { channel } } = settings;
  const { secrets } = work.ports;
  const [credentials, model] = await Promise.all([
    isTestMessage(conversation)
      ? undefined
      : secrets.read(credentialsId, { kind: 'credentials', channel, company: conversation.company_id }),
    stage === 'processing' ? readModelAccess(settings, secrets) : NOT_ASKED,
  ]);
  if (credentials && credentials.outcome !== 'found') return unreadable(credentials.outcome, credentialsId);
  if ('unusable' in model) return unreadable(model.unusable, model.secretId);
  return { ...(credentials ? { credentials: credentials.fields } : {}), access: model.access };
}

/** Words that wait to be sent are composed already. */
const NOT_ASKED = { access: { kind: 'role' } } as const;

function unreadable(outcome: Exclude<SecretResult['outcome'], 'found'>, secretId: string): Blocked {
  switch (outcome) {
    case 'missing':
      return { blocker: { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_missing', detail: secretId } };
    case 'malformed':
      return { blocker: { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_malformed', detail: secretId } };
    case 'not_permitted': {
      const detail = secretId;
      return { blocker: { kind: 'wait', pace: 'after_configuration', reason: 'secret_not_permitted', detail } };
    }
    case 'unavailable':
      return { blocker: { kind: 'wait', pace: 'soon', reason: 'secret_unavailable', detail: secretId } };
  }
}
