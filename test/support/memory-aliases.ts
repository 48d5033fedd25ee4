import type { LearnedAlias, RecipientAliases } from '../../src/core/ports/recipient-aliases';
import type { Identity } from '../../src/core/recipient/identity';
import { identityOf, isReachable } from '../../src/core/recipient/identity';

/** What vendors reported of recipients' other names, in memory and written down the plain way. */
export class MemoryAliases implements RecipientAliases {
  private readonly learned: Array<{ readonly company: string; readonly names: readonly Identity[] }> = [];

  learn({ company, address, alias }: LearnedAlias): Promise<void> {
    const names = [address, alias].flatMap((name) => identityOf(name) ?? []);
    if (names.filter(isReachable).length === 1 && names.length === 2) this.learned.push({ company, names });
    return Promise.resolve();
  }

  aliasesOf({
    address,
    company,
  }: {
    readonly address: string;
    readonly company?: string;
  }): Promise<readonly Identity[]> {
    const identity = identityOf(address);
    const known = this.learned.filter((pair) => identity !== undefined && pair.names.includes(identity));
    const names = known
      .filter((pair) => company === undefined || pair.company === company)
      .flatMap((pair) => pair.names);
    return Promise.resolve([...new Set(names)].filter((name) => name !== identity));
  }

  /** The identity of an address and the other names of the person. */
  async namesOf(address: string, company?: string): Promise<readonly Identity[]> {
    const identity = identityOf(address);
    const aliases = await this.aliasesOf({ address, ...(company === undefined ? {} : { company }) });
    return identity === undefined ? [] : [identity, ...aliases];
  }
}
