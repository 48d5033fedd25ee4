import { createRequire } from 'node:module';

export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface TableIndex {
  readonly IndexName: string;
  readonly KeySchema: ReadonlyArray<{ readonly AttributeName: string }>;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

export interface TableDescription {
  readonly TableName: string;
  readonly KeySchema: ReadonlyArray<{ readonly AttributeName: string }>;
  readonly TableStatus: string;
  readonly GlobalSecondaryIndexes?: readonly TableIndex[];
  readonly LocalSecondaryIndexes?: readonly TableIndex[];
}

export interface Capacity {
  CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
  LocalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/** An error in DynamoDB's own shape. `consumedUnits` are write units that it cost all the same. */
export interface RequestError extends Error {
  readonly statusCode?: number;
  readonly body?: Record<string, unknown>;
  consumedUnits?: number;
}

type Written = (error: Error | null) => void;

/** The items of a table. */
export interface DynaliteItems {
  put: (key: string, item: Item, callback: Written) => void;
  del: (key: string, callback: Written) => void;
}

export interface DynaliteStore {
  /** The same object for the same table. */
  getItemDb: (table: string) => DynaliteItems;
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly db: { readonly close: (callback: (error: Error | null) => void) => void };
  readonly getTable: (
    name: string,
    checkStatus: boolean,
    callback: (error: RequestError | null, table: TableDescription) => void,
  ) => void;
}

type WriteRequest = {
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly _condition?: { readonly expression: unknown };
};
type Changed = Item | null | undefined;

/**
 * dynalite's storage: its actions call these functions through this very object, so replacing one here changes what
 * they do.
 */
export interface DynaliteDatabase {
  readonly create: (options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }) => DynaliteStore;
  readonly itemSize: (item: Item) => number;
  readonly createKey: (item: Item, table: TableDescription) => string;
  checkConditional: (request: WriteRequest, existing: Item | undefined) => RequestError | null | undefined;
  addConsumedCapacity: (
    request: WriteRequest,
    isRead: boolean,
    first: Item | undefined,
    second?: Item | null,
  ) => Capacity | undefined;
  updateIndexes: (
    store: DynaliteStore,
    table: TableDescription,
    before: Changed,
    after: Changed,
    callback: (error?: Error) => void,
  ) => void;
}

export interface DynaliteOperation {
  readonly types: Record<string, unknown>;
  readonly custom: unknown;
  readonly perform: (
    store: DynaliteStore,
    data: object,
    callback: (error: RequestError | null, result: unknown) => void,
  ) => void;
}

interface DynaliteValidations {
  readonly checkTypes: (data: object, types: unknown) => object;
  readonly checkValidations: (data: object, types: unknown, custom: unknown, store: DynaliteStore) => void;
}

const load = createRequire(__filename);
const operations = new Map<string, DynaliteOperation | undefined>();

/**
 * The parts of dynalite 4.0.0 that the embedded cloud calls without its HTTP server; the package has no types of its
 * own.
 */
export function dynaliteDatabase(): DynaliteDatabase {
  return expected<DynaliteDatabase>('dynalite/db', [
    'create',
    'itemSize',
    'createKey',
    'checkConditional',
    'addConsumedCapacity',
    'updateIndexes',
  ]);
}

export function dynaliteValidations(): DynaliteValidations {
  return expected<DynaliteValidations>('dynalite/validations', ['checkTypes', 'checkValidations']);
}

/** An operation by its API name, for example `PutItem`; undefined where dynalite does not have it. */
export function dynaliteOperation(name: string): DynaliteOperation | undefined {
  if (!operations.has(name)) operations.set(name, loadOperation(`${name.charAt(0).toLowerCase()}${name.slice(1)}`));
  return operations.get(name);
}

function loadOperation(file: string): DynaliteOperation | undefined {
  try {
    const perform: unknown = load(`dynalite/actions/${file}`);
    const { types, custom } = load(`dynalite/validations/${file}`);
    return isAction(perform) ? { types, custom, perform } : undefined;
  } catch {
    return undefined;
  }
}

function expected<Module>(path: string, functions: ReadonlyArray<keyof Module & string>): Module {
  const module: unknown = load(path);
  if (hasFunctions<Module>(module, functions)) return module;
  throw new Error(
    `${path} lacks one of ${functions.join(', ')}: it is not the version 4.0.0 of dynalite that the embedded cloud `
      + 'was written for.',
  );
}

function hasFunctions<Module>(module: unknown, functions: readonly string[]): module is Module {
  return functions.every((name) => typeof Object(module)[name] === 'function');
}

function isAction(value: unknown): value is DynaliteOperation['perform'] {
  return typeof value === 'function';
}
