import type { SecretResult, SecretStore } from '../../src/core/ports/secret-store';

/** Secrets in memory; what was not put is missing. */
export class FakeSecrets implements SecretStore {
  readonly reads: string[] = [];
  private readonly secrets = new Map<string, SecretResult>();

  read(...[secretId]: Parameters<SecretStore['read']>): Promise<SecretResult> {
    this.reads.push(secretId);
    return Promise.resolve(this.secrets.get(secretId) ?? { outcome: 'missing' });
  }

  put(secretId: string, result: SecretResult): void {
    this.secrets.set(secretId, result);
  }
}
