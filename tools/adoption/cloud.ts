import type { FoundTable, Found, FoundOf, Kind, Owner, TableIndex } from './found-resource';
import type { StageScope } from './stage-scope';

export interface Account {
  readonly account: string;
  readonly region: string;
}

export interface StackLists {
  /** Undefined: no stack owns it. */
  ownerOf(found: Found): Promise<Owner | undefined>;
}

/** The stage's own stack. */
export interface StageStack {
  readonly status: string;
  /** As it was deployed; undefined for a stack that was only announced. */
  readonly template: string | undefined;
  readonly parameters: readonly string[];
  /** Usage plan that it made. */
  readonly usagePlanId: string | undefined;
}

/** A resource that a stack imports as it is. */
export interface ToImport {
  readonly type: string;
  readonly logicalId: string;
  readonly identifier: Readonly<Record<string, string>>;
}

export interface StackImport {
  readonly stack: string;
  readonly template: string;
  /** Parameters of the stack that keep their values. */
  readonly parameters: readonly string[];
  readonly resources: readonly ToImport[];
}

/** What calls a function, or delivers to a queue, and belongs to neither engine. */
export interface ForeignCaller {
  /** ARN of the topic, API, rule or bucket. */
  readonly source: string;
  /** Name of the function or queue. */
  readonly target: string;
}

/** The port to the account: AWS, or a test's memory. Lists are whole: every page of them. */
export interface Cloud {
  account(): Promise<Account>;
  list<K extends Kind>(kind: K, scope: StageScope): Promise<ReadonlyArray<FoundOf<K>>>;
  /** As stacks stand now; what it reads it remembers, so that a later look needs another one. */
  stackLists(): StackLists;
  stageStack(name: string): Promise<StageStack | undefined>;
  foreignCallers(scope: StageScope): Promise<readonly ForeignCaller[]>;
  /**
   * Deletes it with what belongs to it; a resource that is already gone is not an error. Throws where a table or queue
   * is found to hold
   * something.
   */
  remove<K extends Kind>(kind: K, found: FoundOf<K>, options: { readonly discardMessages: boolean }): Promise<void>;
  /** Answers when the backup is complete, with its identifier. */
  backUp(table: FoundTable): Promise<string>;
  /** Answers when the index can be used. */
  addIndex(table: FoundTable, index: TableIndex): Promise<void>;
  dropIndex(table: FoundTable, index: string): Promise<void>;
  /** Answers when the stack holds the resources. */
  importInto(order: StackImport): Promise<void>;
  /** Adds keys to a plan; one that is in it already is not an error. */
  addKeys(planId: string, keyIds: readonly string[]): Promise<void>;
  pause(milliseconds: number): Promise<void>;
  now(): number;
}
