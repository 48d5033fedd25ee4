import { parseCredentialName } from '../core/company/credential-name';
import type { ResourceNames } from '../core/names';
import type { SecretReader, SecretResult, SecretStore, SecretUse } from '../core/ports/secret-store';

/** Companies of which it is remembered whether they exist; one more, and the memory starts afresh. */
const REMEMBERED = 500;

/** Milliseconds for which that is remembered. */
const KEPT = 5 * 60_000;

type Names = Pick<ResourceNames, 'credentialSecretPattern' | 'modelSecret'>;

/**
 * The secrets that the stage's functions may read, each for the company that it was made for. The functions' role reads
 * every company's credentials, so a record that names another's is refused here. Companies of the engine before this
 * one are named by a short name in their secrets: only a name that is some company's own counts as foreign.
 */
export class PermittedSecrets implements SecretStore {
  private readonly companies = new Map<string, { readonly exists: boolean; readonly until: number }>();

  constructor(
    private readonly secrets: SecretReader,
    private readonly names: Names,
    private readonly hasCompany: (companyId: string) => Promise<boolean>,
    private readonly now: () => number = () => Date.now(),
  ) {}

  async read(
    secretId: string,
    use: SecretUse,
    options?: { readonly pastCache: boolean },
  ): Promise<SecretResult> {
    try {
      if (!(await this.isPermitted(secretId, use))) return { outcome: 'not_permitted' };
    } catch {
      return { outcome: 'unavailable' };
    }
    return this.secrets.read(secretId, options);
  }

  private async isPermitted(secretId: string, use: SecretUse): Promise<boolean> {
    if (use.kind === 'model') return secretId === this.names.modelSecret(use.channel);
    const name = parseCredentialName(this.names, use.channel, secretId);
    return name.readable && (name.company === use.company || !(await this.isCompany(name.company)));
  }

  private async isCompany(companyId: string): Promise<boolean> {
    const known = this.companies.get(companyId);
    if (known && known.until > this.now()) return known.exists;
    const exists = await this.hasCompany(companyId);
    if (this.companies.size >= REMEMBERED) this.companies.clear();
    this.companies.set(companyId, { exists, until: this.now() + KEPT });
    return exists;
  }
}
