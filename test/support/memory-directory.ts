import type { AcceptanceFacts, Directory, KeyGrant, IdempotencyRecord } from '../../src/core/ports/directory';
import { identityOf } from '../../src/core/recipient/identity';
import { MemoryAliases } from './memory-aliases';

type CompanyRecord = Readonly<Record<string, unknown>>;

/** Keys, companies, idempotency records and opt-outs in memory. What goes in and out is copied. */
export class MemoryDirectory implements Directory {
  private readonly grants = new Map<string, KeyGrant>();
  private readonly companies = new Map<string, CompanyRecord>();
  private readonly idempotencyRecords = new Map<string, IdempotencyRecord>();
  readonly aliases = new MemoryAliases();
  private readonly heard = new Set<string>();
  private readonly optOuts = new Map<string, Map<string, { readonly at: string; readonly source: string }>>();

  keyGrant(keyHash: string): Promise<KeyGrant | undefined> {
    return Promise.resolve(copy(this.grants.get(keyHash)));
  }

  async loadForAccept(query: Parameters<Directory['loadForAccept']>[0]): Promise<AcceptanceFacts> {
    const { idempotency, company } = await this.loadForProcessing(query);
    const key = copy(this.grants.get(query.keyHash));
    return {
      ...(key && { key }),
      ...(company && { company }),
      ...(idempotency && { idempotency }),
      optedOutOf: await this.optedOutOf({ recipient: query.recipient, company: query.companyId }),
    };
  }

  async loadForRead(query: Parameters<Directory['loadForRead']>[0]): ReturnType<Directory['loadForRead']> {
    const { idempotency } = await this.loadForProcessing(query);
    const key = copy(this.grants.get(query.keyHash));
    return { ...(key && { key }), ...(idempotency && { idempotency }) };
  }

  putIdempotencyRecord(idempotency: IdempotencyRecord): Promise<IdempotencyRecord | undefined> {
    const place = address(idempotency.company_id, idempotency.project_id, idempotency.request_id);
    const existing = this.idempotencyRecords.get(place);
    if (!existing) this.idempotencyRecords.set(place, copy(idempotency));
    return Promise.resolve(copy(existing));
  }

  loadForProcessing(query: Parameters<Directory['loadForProcessing']>[0]): ReturnType<Directory['loadForProcessing']> {
    // As DynamoDB does: it reads no key that is longer than one can be.
    const partition = `request#${query.companyId}#${query.projectId}`;
    if (Buffer.byteLength(partition) > 2048 || Buffer.byteLength(query.requestId) > 1024) {
      throw new Error('A key is too long.');
    }
    const idempotency = copy(this.idempotencyRecords.get(address(query.companyId, query.projectId, query.requestId)));
    const company = copy(this.companies.get(address(query.companyId, query.projectId)));
    return Promise.resolve({ ...(idempotency && { idempotency }), ...(company && { company }) });
  }

  projectsOf(companyId: string): Promise<readonly CompanyRecord[]> {
    const records = [...this.companies.values()].filter(({ company_id: id }) => id === companyId);
    return Promise.resolve(records.map((record) => copy(record)));
  }

  async projectIdsOf({ companyId, projectId, limit }: Parameters<Directory['projectIdsOf']>[0]): Promise<string[]> {
    const ids = (await this.projectsOf(companyId)).map(({ project_id: id }) => String(id));
    return ids.filter((id) => projectId === undefined || id === projectId).slice(0, limit);
  }

  findCompany({ companyId, projectId }: Parameters<Directory['findCompany']>[0]): Promise<CompanyRecord | undefined> {
    return Promise.resolve(copy(this.companies.get(address(companyId, projectId))));
  }

  async optedOutOf({ recipient, company }: Parameters<Directory['optedOutOf']>[0]): Promise<readonly string[]> {
    const names = await this.aliases.namesOf(recipient, company);
    return [...new Set(names.flatMap((name) => [...(this.optOuts.get(name)?.keys() ?? [])]))];
  }

  addOptOut(optOut: Parameters<Directory['addOptOut']>[0]): Promise<boolean> {
    const identity = identityOf(optOut.recipient);
    if (identity === undefined || this.wasApplied(identity, optOut.event)) return Promise.resolve(false);
    const senders = this.optOuts.get(identity) ?? new Map<string, { at: string; source: string }>();
    // The first one counts: hearing it again changes nothing.
    const isNew = !senders.has(optOut.sender);
    if (isNew) senders.set(optOut.sender, { at: optOut.at, source: optOut.source });
    this.optOuts.set(identity, senders);
    return Promise.resolve(isNew);
  }

  async removeOptOut({ recipient, sender, event, company }: Parameters<Directory['removeOptOut']>[0]): Promise<void> {
    const identity = identityOf(recipient);
    if (identity === undefined || this.wasApplied(identity, event)) return;
    for (const name of await this.aliases.namesOf(recipient, company)) this.optOuts.get(name)?.delete(sender);
  }

  /** Stores a key's grant under the SHA-256 of the key (hex). */
  seedKey(keyHash: string, grant: KeyGrant): void {
    this.grants.set(keyHash, copy(grant));
  }

  /** Stores a company record under its own `company_id` and `project_id`. */
  seedCompany(record: { readonly company_id: string; readonly project_id: string } & CompanyRecord): void {
    this.companies.set(address(record.company_id, record.project_id), copy(record));
  }

  removeCompany(companyId: string, projectId: string): void {
    this.companies.delete(address(companyId, projectId));
  }

  /** An event counts once. */
  private wasApplied(identity: string, event: string | undefined): boolean {
    if (event === undefined) return false;
    const place = address(identity, event);
    const before = this.heard.has(place);
    this.heard.add(place);
    return before;
  }

  allIdempotencyRecords(): readonly IdempotencyRecord[] {
    return [...this.idempotencyRecords.values()].map((idempotency) => copy(idempotency));
  }
}

function copy<Value>(value: Value): Value {
  return value === undefined ? value : structuredClone(value);
}

function address(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
