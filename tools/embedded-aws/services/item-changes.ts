import type { DynaliteDatabase, DynaliteStore, Item } from './dynalite';

/** A change of an item that was written. */
export interface ItemChange {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Changes that are being written, by table and key: dynalite locks an item for as long. */
const underWay = new WeakMap<DynaliteStore, Map<string, ItemChange>>();

/** Notes what each write changes, just before dynalite writes it. Once a process is enough. */
export function noteChanges(database: DynaliteDatabase): void {
  const updateIndexes = database.updateIndexes;
  database.updateIndexes = (store, table, before, after, callback) => {
    const item = after ?? before;
    if (item) {
      const change = { table: table.TableName, before: before ?? undefined, after: after ?? undefined };
      underWay.get(store)?.set(placeOf(table.TableName, database.createKey(item, table)), change);
    }
    updateIndexes(store, table, before, after, callback);
  };
}

/** Reports each change of a store once it is written. */
export function reportChanges(store: DynaliteStore, onChange: (change: ItemChange) => void): void {
  const changes = new Map<string, ItemChange>();
  underWay.set(store, changes);
  const getItemDb = store.getItemDb;
  const followed = new Set<string>();
  store.getItemDb = (table) => {
    const items = getItemDb(table);
    if (followed.has(table)) return items;
    followed.add(table);
    const { put, del } = items;
    const written = (key: string, error: Error | null) => {
      const change = changes.get(placeOf(table, key));
      changes.delete(placeOf(table, key));
      if (!error && change) onChange(change);
    };
    items.put = (key, item, callback) => {
      put.call(items, key, item, (error) => {
        written(key, error);
        callback(error);
      });
    };
    items.del = (key, callback) => {
      del.call(items, key, (error) => {
        written(key, error);
        callback(error);
      });
    };
    return items;
  };
}

function placeOf(table: string, key: string): string {
  return `${table}~${key}`;
}
