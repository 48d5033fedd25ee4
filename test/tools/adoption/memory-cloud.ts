import type { Account, Cloud, ForeignCaller, StackImport, StageStack } from '../../../tools/adoption/cloud';
import type { Found, FoundOf, FoundTable, Kind } from '../../../tools/adoption/found-resource';

/** An account in memory. Everything that is done to it is told in `done`. */
export class MemoryCloud implements Cloud {
  readonly done: string[] = [];
  readonly found: Found[];
  /** Stacks by what they own. */
  readonly owners = new Map<string, string>();
  /** What a kind's list throws. */
  readonly refusals = new Map<Kind, Error>();
  /** What an action throws, by the words that `done` would get. */
  readonly failures = new Map<string, Error>();
  stack: StageStack | undefined;
  /** What calls from elsewhere, or what looking for it throws. */
  callers: readonly ForeignCaller[] | Error = [];
  where: Account = { account: '123456789012', region: 'eu-west-1' };
  imported: StackImport | undefined;
  /** Happens before a kind is listed for the n-th time. */
  beforeList: (kind: Kind, time: number) => void = () => {};
  time = Date.parse('2026-11-27T12:00:00Z');
  private readonly listed = new Map<Kind, number>();

  constructor(...found: readonly Found[]) {
    this.found = [...found];
  }

  async account() {
    return Promise.resolve(this.where);
  }

  async list<K extends Kind>(kind: K): Promise<ReadonlyArray<FoundOf<K>>> {
    const time = (this.listed.get(kind) ?? 0) + 1;
    this.listed.set(kind, time);
    this.beforeList(kind, time);
    const refusal = this.refusals.get(kind);
    if (refusal) throw refusal;
    const isOfKind = (one: Found): one is FoundOf<K> => one.kind === kind;
    return Promise.resolve(this.found.filter(isOfKind));
  }

  stackLists() {
    return {
      ownerOf: async ({ id }: Found) => {
        const stack = this.owners.get(id);
        return Promise.resolve(stack === undefined ? undefined : { stack });
      },
    };
  }

  async foreignCallers() {
    if (this.callers instanceof Error) throw this.callers;
    return Promise.resolve(this.callers);
  }

  async stageStack() {
    return Promise.resolve(this.stack);
  }

  async remove(kind: Kind, { id }: Found) {
    this.act(`remove ${kind} ${id}`);
    this.found.splice(this.found.findIndex((one) => one.kind === kind && one.id === id), 1);
    return Promise.resolve();
  }

  async backUp({ name }: FoundTable) {
    this.act(`back up ${name}`);
    return Promise.resolve(`backup-of-${name}`);
  }

  async addIndex({ name }: FoundTable, index: { readonly name: string }) {
    this.act(`add ${index.name} to ${name}`);
    return Promise.resolve();
  }

  async dropIndex({ name }: FoundTable, index: string) {
    this.act(`drop ${index} of ${name}`);
    return Promise.resolve();
  }

  async importInto(order: StackImport) {
    this.act(`import into ${order.stack}`);
    this.imported = order;
    for (const { identifier } of order.resources) this.owners.set(identifier.TableName ?? '', order.stack);
    return Promise.resolve();
  }

  async addKeys(planId: string, keyIds: readonly string[]) {
    this.act(`add ${keyIds.join(', ')} to ${planId}`);
    return Promise.resolve();
  }

  async pause(milliseconds: number) {
    this.time += milliseconds;
    return Promise.resolve();
  }

  now() {
    return this.time;
  }

  private act(words: string): void {
    const failure = this.failures.get(words);
    if (failure) throw failure;
    this.done.push(words);
  }
}
