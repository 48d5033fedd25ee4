import { isDeepStrictEqual } from 'node:util';
import type {
  DynaliteStore, RequestError, TableDescription, Capacity, DynaliteDatabase, Item, TableIndex,
} from './dynalite';
import { dynaliteDatabase, dynaliteOperation, dynaliteValidations } from './dynalite';
import type { ItemChange } from './item-changes';
import { noteChanges, reportChanges } from './item-changes';

const ITEM_WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
let installed = false;

/**
 * What dynalite answered: DynamoDB's body with its status. `consumedUnits` is set where a failed condition was billed.
 */
export interface TableAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly consumedUnits?: number;
}

/**
 * dynalite's engine in memory, called without its HTTP server: that one ends the whole process on an unexpected error,
 * and one socket less a call is time. What it lacks against DynamoDB: transactions, PartiQL, expiry by time to
 * live (items stay), backups.
 */
export class TableEngine {
  private readonly store: DynaliteStore;
  private readonly validations = dynaliteValidations();
  private readonly underWay = new Set<Promise<unknown>>();

  /** `onChange` receives each change once it is written, in the order of each item. */
  constructor(
    { account, region }: { readonly account: string; readonly region: string },
    onChange: (change: ItemChange) => void = () => undefined,
  ) {
    installDynaliteAdditions();
    this.store = dynaliteDatabase().create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsAccountId = account;
    this.store.tableDb.awsRegion = region;
    reportChanges(this.store, onChange);
  }

  /** Undefined for an operation that dynalite does not have. */
  async call(operation: string, input: Readonly<Record<string, unknown>>): Promise<TableAnswer | undefined> {
    const found = dynaliteOperation(operation);
    if (!found) return undefined;
    try {
      const data = this.validations.checkTypes(structuredClone(input), found.types);
      this.validations.checkValidations(data, found.types, found.custom, this.store);
      const performed = new Promise<unknown>((resolve, reject) => {
        found.perform(this.store, data, (error, result) => (error ? reject(error) : resolve(result)));
      });
      this.underWay.add(performed);
      try {
        return { status: 200, body: await performed };
      } finally {
        this.underWay.delete(performed);
      }
    } catch (error) {
      if (!isRequestError(error)) throw error;
      return {
        status: error.statusCode,
        body: error.body,
        ...(error.consumedUnits === undefined ? {} : { consumedUnits: error.consumedUnits }),
      };
    }
  }

  /** Resolves when a table just created can be used. */
  async untilActive(table: string): Promise<void> {
    const description = await new Promise<TableDescription>((resolve, reject) => {
      this.store.getTable(table, false, (error, found) => (error ? reject(error) : resolve(found)));
    });
    if (description.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => { setTimeout(resolve, 1); });
    await this.untilActive(table);
  }

  /** Lets calls under way end: dynalite would throw where nobody catches. */
  async close(): Promise<void> {
    await Promise.allSettled(this.underWay);
    await new Promise<void>((resolve, reject) => {
      this.store.db.close((error) => (error ? reject(error) : resolve()));
    });
  }
}

function isRequestError(error: unknown): error is RequestError & { readonly statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

/**
 * Teaches dynalite what DynamoDB does beyond it: writes bill the indexes that they change, a failed condition bills its
 * write and can return the item that failed it, and conditions compare maps and lists. dynalite's actions call these
 * functions through their module, so replacing them there is enough; once a process is.
 */
function installDynaliteAdditions(): void {
  if (installed) return;
  installed = true;
  const database = dynaliteDatabase();
  billIndexWrites(database);
  noteChanges(database);
  compareDocuments(database);
  explainFailedConditions(database);
}

/**
 * dynalite compares maps and lists by identity: where an item's equals one that a condition compares with, it is made
 * that very one.
 */
function compareDocuments(database: DynaliteDatabase): void {
  const checkConditional = database.checkConditional;
  database.checkConditional = (request, existing) => {
    const wanted = documentsIn(request._condition?.expression);
    if (!existing || wanted.length === 0) return checkConditional(request, existing);
    const compared = Object.entries(existing).map(
      ([name, value]) => [name, wanted.find((one) => sameDocument(one, value)) ?? value] as const,
    );
    return checkConditional(request, Object.fromEntries(compared));
  };
}

/** Capacity is reported before indexes are updated; the written item leads from one to the other. */
function billIndexWrites(database: DynaliteDatabase): void {
  const reported = new WeakMap<Item, Capacity>();
  const addConsumedCapacity = database.addConsumedCapacity;
  database.addConsumedCapacity = (request, isRead, first, second) => {
    const capacity = addConsumedCapacity(request, isRead, first, second);
    const item = second ?? first;
    if (!isRead && capacity && item) reported.set(item, capacity);
    return capacity;
  };
  const updateIndexes = database.updateIndexes;
  database.updateIndexes = (store, table, before, after, callback) => {
    const item = after ?? before;
    const capacity = item ? reported.get(item) : undefined;
    if (capacity) addIndexUnits(capacity, table, before ?? undefined, after ?? undefined);
    updateIndexes(store, table, before, after, callback);
  };
}

/** The maps and lists that a parsed condition compares with. */
function documentsIn(expression: unknown): ReadonlyArray<Item[string]> {
  if (typeof expression !== 'object' || expression === null) return [];
  if ('args' in expression && Array.isArray(expression.args)) return expression.args.flatMap(documentsIn);
  return 'M' in expression || 'L' in expression ? [{ ...expression }] : [];
}

/** What dynalite parsed has objects without a prototype. */
function sameDocument(left: Item[string], right: Item[string]): boolean {
  const plain = (value: Item[string]): unknown => JSON.parse(JSON.stringify(value));
  return isDeepStrictEqual(plain(left), plain(right));
}

function addIndexUnits(
  capacity: Capacity,
  table: TableDescription,
  before: Item | undefined,
  after: Item | undefined,
): void {
  for (const [kind, indexes] of [
    ['GlobalSecondaryIndexes', table.GlobalSecondaryIndexes],
    ['LocalSecondaryIndexes', table.LocalSecondaryIndexes],
  ] as const) {
    for (const index of indexes ?? []) {
      const units = indexWriteUnits(index, table, before, after);
      if (units === 0) continue;
      capacity.CapacityUnits += units;
      if (capacity.Table) capacity[kind] = { ...capacity[kind], [index.IndexName]: { CapacityUnits: units } };
    }
  }
}

/**
 * One write unit a KB for each entry that is put, replaced or removed; a changed key removes one and puts another; an
 * entry that stays as it is costs nothing. Source: DynamoDB Developer Guide, "Using Global Secondary Indexes", write
 * capacity.
 */
function indexWriteUnits(
  index: TableIndex,
  table: TableDescription,
  before: Item | undefined,
  after: Item | undefined,
): number {
  const old = entryOf(index, table, before);
  const next = entryOf(index, table, after);
  if (!old || !next) return (old ? writeUnits(old) : 0) + (next ? writeUnits(next) : 0);
  const sameKey = index.KeySchema.every(
    ({ AttributeName: name }) => JSON.stringify(old[name]) === JSON.stringify(next[name]),
  );
  if (!sameKey) return writeUnits(old) + writeUnits(next);
  return sameAttributes(old, next) ? 0 : Math.max(writeUnits(old), writeUnits(next));
}

function entryOf(index: TableIndex, table: TableDescription, item: Item | undefined): Item | undefined {
  const keys = index.KeySchema.map(({ AttributeName: name }) => name);
  if (!item || keys.some((name) => item[name] === undefined)) return undefined;
  if (index.Projection.ProjectionType === 'ALL') return item;
  const kept = new Set([
    ...keys,
    ...table.KeySchema.map(({ AttributeName: name }) => name),
    ...(index.Projection.NonKeyAttributes ?? []),
  ]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

function sameAttributes(left: Item, right: Item): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => JSON.stringify(left[name]) === JSON.stringify(right[name]));
}

function writeUnits(item: Item): number {
  return Math.max(1, Math.ceil(dynaliteDatabase().itemSize(item) / 1024));
}

function explainFailedConditions(database: DynaliteDatabase): void {
  // dynalite drops every parameter that it does not list.
  for (const write of ITEM_WRITES) {
    const operation = dynaliteOperation(write);
    if (operation) operation.types.ReturnValuesOnConditionCheckFailure = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  }
  const checkConditional = database.checkConditional;
  database.checkConditional = (request, existing) => {
    const error = checkConditional(request, existing);
    if (!error) return error;
    error.consumedUnits = existing ? writeUnits(existing) : 1;
    if (request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && existing && error.body) error.body.Item = existing;
    return error;
  };
}
