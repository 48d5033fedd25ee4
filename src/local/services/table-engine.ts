import { createRequire } from 'node:module';
import type { RequestError, Store, TableDescription } from 'dynalite/db';
import db from 'dynalite/db';
import validations from 'dynalite/validations';
import { isJsonObject } from '../template/json-object';
import { installDynaliteAdditions } from './dynalite-additions';

type Action = (store: Store, data: object, callback: (error: RequestError | null, result: unknown) => void) => void;

/** What dynalite answered: DynamoDB's body with its status. `consumedUnits` is set where a failed condition was billed. */
export interface TableAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly consumedUnits?: number;
}

/**
 * dynalite's engine in memory, called without its HTTP server: its server ends the whole process on an unexpected error, and one socket less a call is
 * time. What it lacks against DynamoDB: transactions, streams, PartiQL, expiry by time to live (items stay), backups.
 */
export class TableEngine {
  private readonly store: Store;
  private readonly load = createRequire(__filename);
  private readonly modules = new Map<string, unknown>();

  constructor({ account, region }: { readonly account: string; readonly region: string }) {
    installDynaliteAdditions();
    this.store = db.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsAccountId = account;
    this.store.tableDb.awsRegion = region;
  }

  /** Undefined for an operation that dynalite does not have. */
  async call(operation: string, input: Readonly<Record<string, unknown>>): Promise<TableAnswer | undefined> {
    const name = operation.charAt(0).toLowerCase() + operation.slice(1);
    const action = this.module(`dynalite/actions/${name}`);
    const validation = this.module(`dynalite/validations/${name}`);
    if (!isAction(action) || !isJsonObject(validation)) return undefined;
    try {
      const data = validations.checkTypes(structuredClone(input), validation.types);
      validations.checkValidations(data, validation.types, validation.custom, this.store);
      const body = await new Promise<unknown>((resolve, reject) => {
        action(this.store, data, (error, result) => (error ? reject(error) : resolve(result)));
      });
      return { status: 200, body };
    } catch (error) {
      if (!isRequestError(error)) throw error;
      return { status: error.statusCode, body: error.body, ...(error.consumedUnits === undefined ? {} : { consumedUnits: error.consumedUnits }) };
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

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.store.db.close((error) => (error ? reject(error) : resolve()));
    });
  }

  private module(path: string): unknown {
    if (!this.modules.has(path)) this.modules.set(path, this.tryLoad(path));
    return this.modules.get(path);
  }

  private tryLoad(path: string): unknown {
    try {
      return this.load(path);
    } catch {
      return undefined;
    }
  }
}

function isAction(value: unknown): value is Action {
  return typeof value === 'function';
}

function isRequestError(error: unknown): error is RequestError & { readonly statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
