import { randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';

/** Field of the stage's secret that holds the key. */
const FIELD = 'endpoint_key';
const KEY_BYTES = 32;
const DESCRIPTION = 'Seals the signing secrets of endpoints; without it each endpoint needs a new one';

/**
 * The key under which a stage seals the signing secrets of endpoints. It is made with the first endpoint; a process
 * reads it once.
 */
export class EndpointKey {
  private known?: Promise<string>;

  constructor(
    private readonly client: SecretsManagerClient,
    private readonly name: string,
  ) {}

  async read(): Promise<string> {
    return this.once(async () => {
      const key = await this.find();
      if (key !== undefined) return key;
      throw new Error(
        `Reading the secret ${this.name} failed: it is not there. Restore it, or rotate the secret of each endpoint.`,
      );
    });
  }

  async readOrMake(): Promise<string> {
    return this.once(async () => (await this.find()) ?? this.make());
  }

  private async once(find: () => Promise<string>): Promise<string> {
    this.known ??= find().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async find(): Promise<string | undefined> {
    try {
      const { SecretString: text = '' } = await this.client.send(new GetSecretValueCommand({ SecretId: this.name }));
      const fields: unknown = JSON.parse(text);
      const key = typeof fields === 'object' && fields !== null ? new Map(Object.entries(fields)).get(FIELD) : undefined;
      return typeof key === 'string' ? key : undefined;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  /** Another process may be faster: its key counts. */
  private async make(): Promise<string> {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    try {
      await this.client.send(new CreateSecretCommand({
        Name: this.name, Description: DESCRIPTION, SecretString: JSON.stringify({ [FIELD]: key }),
      }));
      return key;
    } catch (error) {
      const found = await this.find();
      if (found === undefined) throw error;
      return found;
    }
  }
}
