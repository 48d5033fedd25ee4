// The parts of dynalite 4.0.0 that the embedded cloud calls without its HTTP server; the package has no types of its own.

declare module 'dynalite/db' {
  export type Attribute = Readonly<Record<string, unknown>>;
  export type Item = Readonly<Record<string, Attribute>>;

  export interface Index {
    readonly IndexName: string;
    readonly KeySchema: ReadonlyArray<{ readonly AttributeName: string }>;
    readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
  }

  export interface TableDescription {
    readonly KeySchema: ReadonlyArray<{ readonly AttributeName: string }>;
    readonly TableStatus: string;
    readonly GlobalSecondaryIndexes?: readonly Index[];
    readonly LocalSecondaryIndexes?: readonly Index[];
  }

  export interface Capacity {
    CapacityUnits: number;
    TableName: string;
    Table?: { CapacityUnits: number };
    GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
    LocalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
  }

  /** What the write actions pass around as the request. */
  export interface WriteRequest {
    readonly ReturnValuesOnConditionCheckFailure?: string;
  }

  /** An error in DynamoDB's own shape. */
  export interface RequestError extends Error {
    readonly statusCode?: number;
    readonly body?: Record<string, unknown>;
    consumedUnits?: number;
  }

  export interface Store {
    readonly tableDb: { awsAccountId: string; awsRegion: string };
    readonly db: { close(callback: (error: Error | null) => void): void };
    getTable(name: string, checkStatus: boolean, callback: (error: RequestError | null, table: TableDescription) => void): void;
  }

  export type UpdateIndexes = (
    store: Store, table: TableDescription, before: Item | null | undefined, after: Item | null | undefined, callback: (error?: Error) => void,
  ) => void;

  const db: {
    create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
    itemSize(item: Item): number;
    checkConditional(request: WriteRequest, existing: Item | undefined): RequestError | null | undefined;
    addConsumedCapacity(request: WriteRequest, isRead: boolean, first: Item | undefined, second?: Item | null): Capacity | undefined;
    updateIndexes: UpdateIndexes;
  };
  export default db;
}

declare module 'dynalite/validations' {
  import type { RequestError, Store } from 'dynalite/db';

  const validations: {
    checkTypes(data: object, types: unknown): object;
    checkValidations(data: object, types: unknown, custom: unknown, store: Store): void;
  };
  export default validations;
}
