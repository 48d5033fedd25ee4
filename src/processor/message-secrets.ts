import type { ChannelSettings } from '../core/company/company';
import type { SecretResult } from '../core/ports/secret-store';
import { writtenVariables } from '../core/company/template';
import type { Obstacle } from './obstacle';
import type { Work } from './processing';

export type SecretFields =
  | { readonly ready: true; readonly fields: Readonly<Record<string, string>> }
  | { readonly ready: false; readonly obstacle: Obstacle };

export type ModelKey = { readonly ready: true; readonly apiKey: string } | { readonly ready: false; readonly obstacle: Obstacle };

/** The channel's credentials at the vendor; which fields they must have is the vendor adapter's business. */
export async function readCredentials(work: Work, settings: ChannelSettings): Promise<SecretFields> {
  const { credentialsId } = settings;
  const secret = await work.ports.secrets.read(credentialsId);
  if (secret.outcome !== 'found') return { ready: false, obstacle: obstacleOf(secret.outcome, credentialsId) };
  return { ready: true, fields: secret.fields };
}

/** A stage without a model's key sends templates that only copy. */
export async function readModelKey(work: Work, settings: ChannelSettings): Promise<ModelKey> {
  if (writtenVariables(settings.content.template).length === 0) return { ready: true, apiKey: '' };
  const { api_key_reference: secretId } = settings.model;
  const secret = await work.ports.secrets.read(secretId);
  if (secret.outcome !== 'found') return { ready: false, obstacle: obstacleOf(secret.outcome, secretId) };
  const apiKey = secret.fields.ai_api_key;
  return apiKey ? { ready: true, apiKey } : { ready: false, obstacle: obstacleOf('malformed', secretId) };
}

function obstacleOf(outcome: Exclude<SecretResult['outcome'], 'found'>, secretId: string): Obstacle {
  switch (outcome) {
    case 'missing':
      return { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_missing', detail: secretId };
    case 'malformed':
      return { kind: 'end', status: 'failed_secrets_fetch', reason: 'secret_malformed', detail: secretId };
    case 'unavailable':
      return { kind: 'wait', pace: 'soon', reason: 'secret_unavailable', detail: secretId };
  }
}
