import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  paginateListSecrets,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { PRODUCT } from '../core/names';
import type { SecretVault, StoredSecret } from '../core/ports/secret-vault';

/** The product's secrets in AWS Secrets Manager, for those who check and change them. */
export class SecretsManagerVault implements SecretVault {
  constructor(private readonly client: SecretsManagerClient) {}

  async read(name: string): Promise<StoredSecret> {
    try {
      const { SecretString: text } = await this.client.send(new GetSecretValueCommand({ SecretId: name }));
      const fields = parseFields(text);
      return fields ? { state: 'found', fields } : { state: 'unreadable' };
    } catch (error) {
      // A name that no secret can have is answered as one that is not there.
      if (isNamed(error, 'ResourceNotFoundException') || isNamed(error, 'ValidationException')) {
        return { state: 'missing' };
      }
      if (isNamed(error, 'InvalidRequestException')) return { state: 'marked_for_deletion' };
      throw error;
    }
  }

  async store(
    name: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<'created' | 'replaced' | 'marked_for_deletion'> {
    const SecretString = JSON.stringify(fields);
    try {
      await this.client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
      return 'replaced';
    } catch (error) {
      if (isNamed(error, 'InvalidRequestException')) return 'marked_for_deletion';
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    }
    await this.client.send(new CreateSecretCommand({ Name: name, SecretString }));
    return 'created';
  }

  async list(): Promise<readonly string[]> {
    const found: string[] = [];
    const ours = { Filters: [{ Key: 'name' as const, Values: [`${PRODUCT}/`] }] };
    for await (const page of paginateListSecrets({ client: this.client }, ours)) {
      found.push(...(page.SecretList ?? []).flatMap(({ Name: name }) => name ?? []));
    }
    return found.sort();
  }
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
