import type { DynaliteStore, RequestError, TableDescription } from './dynalite';
import { dynaliteDatabase, dynaliteOperation, dynaliteValidations } from './dynalite';
import { installDynaliteAdditions } from './dynalite-additions';

/** What dynalite answered: DynamoDB's body with its status. `consumedUnits` is set where a failed condition was billed. */
export interface TableAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly consumedUnits?: number;
}

/**
 * dynalite's engine in memory, called without its HTTP server: that one ends the whole process on an unexpected error, and one socket less a call
 * is time. What it lacks against DynamoDB: transactions, streams, PartiQL, expiry by time to live (items stay), backups.
 */
export class TableEngine {
  private readonly store: DynaliteStore;
  private readonly validations = dynaliteValidations();

  constructor({ account, region }: { readonly account: string; readonly region: string }) {
    installDynaliteAdditions();
    this.store = dynaliteDatabase().create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsAccountId = account;
    this.store.tableDb.awsRegion = region;
  }

  /** Undefined for an operation that dynalite does not have. */
  async call(operation: string, input: Readonly<Record<string, unknown>>): Promise<TableAnswer | undefined> {
    const found = dynaliteOperation(operation);
    if (!found) return undefined;
    try {
      const data = this.validations.checkTypes(structuredClone(input), found.types);
      this.validations.checkValidations(data, found.types, found.custom, this.store);
      const body = await new Promise<unknown>((resolve, reject) => {
        found.perform(this.store, data, (error, result) => (error ? reject(error) : resolve(result)));
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
}

function isRequestError(error: unknown): error is RequestError & { readonly statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
