import type { AcceptanceFacts, Directory, KeyGrant, OptOutWord, IdempotencyRecord } from '../../src/core/ports/directory';

type CompanyRecord = Readonly<Record<string, unknown>>;

/** Keys, companies, idempotency records and opt-outs in memory. What goes in and out is copied. */
export class MemoryDirectory implements Directory {
  private readonly grants = new Map<string, KeyGrant>();
  private readonly companies = new Map<string, CompanyRecord>();
  private readonly idempotencyRecords = new Map<string, IdempotencyRecord>();
  private readonly heard = new Set<string>();
  private readonly optOuts = new Map<string, Map<string, { readonly at: string; readonly source: string }>>();

  keyGrant(keyHash: string): Promise<KeyGrant | undefined> {
    return Promise.resolve(copy(this.grants.get(keyHash)));
  }

  async loadForAccept(query: Parameters<Directory['loadForAccept']>[0]): Promise<AcceptanceFacts> {
    const { idempotency, company } = await this.loadForProcessing(query);
    const key = copy(this.grants.get(query.keyHash));
    return { ...(key && { key }), ...(company && { company }), ...(idempotency && { idempotency }), optedOutOf: await this.optedOutOf(query.recipient) };
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
    if (Buffer.byteLength(partition) > 2048 || Buffer.byteLength(query.requestId) > 1024) throw new Error('A key is too long.');
    const idempotency = copy(this.idempotencyRecords.get(address(query.companyId, query.projectId, query.requestId)));
    const company = copy(this.companies.get(address(query.companyId, query.projectId)));
    return Promise.resolve({ ...(idempotency && { idempotency }), ...(company && { company }) });
  }

  findCompany({ companyId, projectId }: Parameters<Directory['findCompany']>[0]): Promise<CompanyRecord | undefined> {
    return Promise.resolve(copy(this.companies.get(address(companyId, projectId))));
  }

  optedOutOf(recipient: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.optOuts.get(recipient.toLowerCase())?.keys() ?? [])]);
  }

  addOptOut(optOut: Parameters<Directory['addOptOut']>[0]): Promise<void> {
    if (this.wasHeard(optOut)) return Promise.resolve();
    const recipient = optOut.recipient.toLowerCase();
    const senders = this.optOuts.get(recipient) ?? new Map<string, { at: string; source: string }>();
    // The first word counts: hearing it again changes nothing.
    if (!senders.has(optOut.sender)) senders.set(optOut.sender, { at: optOut.at, source: optOut.source });
    this.optOuts.set(recipient, senders);
    return Promise.resolve();
  }

  removeOptOut(lift: Parameters<Directory['removeOptOut']>[0]): Promise<void> {
    if (!this.wasHeard(lift)) this.optOuts.get(lift.recipient.toLowerCase())?.delete(lift.sender);
    return Promise.resolve();
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
  private wasHeard({ recipient, event }: OptOutWord): boolean {
    if (event === undefined) return false;
    const place = address(recipient.toLowerCase(), event);
    const before = this.heard.has(place);
    this.heard.add(place);
    return before;
  }

  allGuards(): readonly IdempotencyRecord[] {
    return [...this.idempotencyRecords.values()].map((idempotency) => copy(idempotency));
  }
}

function copy<Value>(value: Value): Value {
  return value === undefined ? value : structuredClone(value);
}

function address(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
