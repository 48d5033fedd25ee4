import { CreateSecretCommand, GetSecretValueCommand, paginateListSecrets, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { PRODUCT } from '../../core/names';
import type { ResourceNames } from '../../core/names';
import { awsFailure, CommandError } from '../command-error';
import type { SecretKind } from './secret-fields';
import { fieldsOf, secretFaults } from './secret-fields';

/** Which secret is meant. */
export interface SecretPlace {
  readonly kind: SecretKind;
  readonly channel: Channel;
  readonly name: string;
}

export type StoredSecret =
  | { readonly state: 'found'; readonly fields: Readonly<Record<string, string>>; readonly faults: readonly string[] }
  | { readonly state: 'missing' }
  | { readonly state: 'unusable'; readonly fault: string };

/** Reads a secret to checkStoredSecret it; the values stay here. */
export async function readSecret(client: SecretsManagerClient, { kind, channel, name }: SecretPlace): Promise<StoredSecret> {
  try {
    const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    const fields = parseFields(text);
    return fields ? { state: 'found', fields, faults: secretFaults(fieldsOf(kind, channel), fields) } : { state: 'unusable', fault: 'it holds no JSON object of texts' };
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { state: 'missing' };
    if (isNamed(error, 'InvalidRequestException')) return { state: 'unusable', fault: 'it is marked for deletion' };
    throw awsFailure(`Reading the secret ${name}`, error);
  }
}

/** Makes the secret, or gives it a new version; either is one call, so that nothing is ever half written. */
export async function storeSecret(
  client: SecretsManagerClient, name: string, fields: Readonly<Record<string, string>>,
): Promise<'created' | 'replaced'> {
  const SecretString = JSON.stringify(fields);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
    return 'replaced';
  } catch (error) {
    if (isNamed(error, 'InvalidRequestException')) {
      throw new CommandError(`Storing the secret ${name} failed: it is marked for deletion; restore it with \`aws secretsmanager restore-secret --secret-id ${name}\`, then store it again.`, { cause: error });
    }
    if (!isNamed(error, 'ResourceNotFoundException')) throw awsFailure(`Storing the secret ${name}`, error);
  }
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString }));
    return 'created';
  } catch (error) {
    throw awsFailure(`Creating the secret ${name}`, error);
  }
}

export interface ListedSecret extends SecretPlace {
  readonly companyId?: string;
  readonly projectId?: string;
}

/** The engine's secrets of a stage, by name. */
export async function listSecrets(client: SecretsManagerClient, names: ResourceNames): Promise<readonly ListedSecret[]> {
  const found: string[] = [];
  try {
    for await (const page of paginateListSecrets({ client }, { Filters: [{ Key: 'name', Values: [`${PRODUCT}/`] }] })) {
      found.push(...(page.SecretList ?? []).flatMap(({ Name: name }) => name ?? []));
    }
  } catch (error) {
    throw awsFailure('Listing the secrets', error);
  }
  return found.sort().flatMap((name) => placeOf(name, names));
}

/** Secrets of another stage or another purpose are none of ours. */
function placeOf(name: string, names: ResourceNames): readonly ListedSecret[] {
  return CHANNELS.flatMap((channel): readonly ListedSecret[] => {
    if (name === names.modelSecret(channel)) return [{ kind: 'model', channel, name }];
    const [, , companyId, projectId] = name.split('/');
    if (companyId === undefined || projectId === undefined || name !== names.credentialSecret(channel, companyId, projectId)) return [];
    return [{ kind: 'credentials', channel, name, companyId, projectId }];
  });
}

function parseFields(text: string | undefined): Readonly<Record<string, string>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    const fields = Object.entries(parsed).filter((field): field is [string, string] => typeof field[1] === 'string');
    return fields.length === Object.keys(parsed).length ? Object.fromEntries(fields) : undefined;
  } catch {
    return undefined;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
