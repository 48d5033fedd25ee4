import type { FoundTable, TableIndex } from '../found-resource';
import type { StackImport } from '../cloud';

/** Items and a digest of all of them that does not depend on their order. */
export interface TableDigest {
  readonly items: number;
  readonly digest: string;
}

/** How each method of an API answers, so that it can be restored. Plain data: it is kept in the journal. */
export interface Intake {
  readonly stage: string;
  readonly deploymentId: string;
  readonly methods: readonly IntakeMethod[];
}

export interface IntakeMethod {
  readonly resourceId: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly integration: Readonly<Record<string, unknown>>;
}

export interface MappingSettings {
  readonly functionName: string;
  readonly sourceArn: string;
  readonly batchSize: number | undefined;
  readonly batchingSeconds: number | undefined;
  readonly responseTypes: readonly string[];
  readonly isEnabled: boolean;
}

export interface NamedQueue {
  /** Its URL. */
  readonly id: string;
  readonly name: string;
}

/** What a takeover does to the account: AWS, or a test's memory. Each call may be repeated. */
export interface TakeoverOperations {
  readonly where: { readonly account: string; readonly region: string };
  table(name: string): Promise<FoundTable | undefined>;
  protectTable(name: string, wish: { readonly recovery: boolean; readonly protection: boolean }): Promise<void>;
  digest(table: string): Promise<TableDigest>;
  /** Puts each item that the target does not have. Returns how many, and how many it had already. */
  copyItems(from: string, to: string): Promise<{ readonly copied: number; readonly kept: number }>;
  backUp(table: FoundTable): Promise<string>;
  addIndex(table: FoundTable, index: TableIndex): Promise<void>;
  dropIndex(table: FoundTable, index: string): Promise<void>;

  stackStatus(name: string): Promise<OldStack | undefined>;
  /** As CloudFormation sees it, transforms resolved. */
  stackTemplate(name: string): Promise<string>;
  /** Refuses a template whose change set would replace or remove anything, or add if `canAdd` is not given. */
  updateStack(name: string, template: string, options?: UpdateOptions): Promise<void>;
  deleteStack(name: string): Promise<void>;
  importInto(order: StackImport): Promise<void>;
  /** A queue or log group as CloudFormation describes it; undefined if it does not exist. */
  importable(kind: 'queue' | 'log group', id: string): Promise<ImportableProperties | undefined>;

  /** Undefined if the API does not exist. */
  intake(apiId: string): Promise<Intake | undefined>;
  /** Every method but OPTIONS answers 503 with `Retry-After`. */
  closeIntake(apiId: string, intake: Intake): Promise<void>;
  restoreIntake(apiId: string, intake: Intake): Promise<void>;
  /** Every method but OPTIONS calls the function's alias. */
  relayIntake(apiId: string, intake: Intake, functionName: string, alias: string): Promise<void>;
  /** Calls that the API answered in so many days. */
  callsOf(apiName: string, stage: string, days: number): Promise<number>;

  /** Messages that wait, are in work or are delayed; SQS counts approximately and a minute late. */
  depth(queue: NamedQueue): Promise<number>;
  /** Moves each message that can be received to the journal's table. Returns how many. */
  archive(queue: NamedQueue): Promise<number>;
  /** Sends the queue's archived messages again, and removes them from the archive. */
  resend(queue: NamedQueue): Promise<number>;
  archived(): Promise<ReadonlyMap<string, number>>;

  mapping(id: string): Promise<MappingSettings & { readonly state: string } | undefined>;
  /** Returns once it has the state. */
  switchMapping(id: string, isEnabled: boolean): Promise<void>;
  deleteMapping(id: string): Promise<void>;
  createMapping(settings: MappingSettings): Promise<void>;

  addKeys(planId: string, keyIds: readonly string[]): Promise<void>;
  removeKeys(planId: string, keyIds: readonly string[]): Promise<void>;
  pause(milliseconds: number): Promise<void>;
  now(): number;
}

export interface OldStack {
  readonly status: string;
  readonly isProtected: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  /** Physical identifiers by logical ids. */
  readonly resources: Readonly<Record<string, string>>;
}

export interface UpdateOptions {
  readonly canAdd: boolean;
  /** Values of the template's parameters; those that the stack has if this is not given. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type ImportableProperties = Readonly<Record<string, unknown>>;
