import type { VendorAnswer } from '../../vendor-simulators/loopback-server';
import { jsonAnswer } from '../../vendor-simulators/loopback-server';
import type { HostingState } from './hosting-state';

export interface RouteCall {
  readonly state: HostingState;
  /** What the path's variable parts hold. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Behind /repos/<owner>/<name>. */
  readonly path: RegExp;
  /** Grants of which one is needed, as GitHub documents for the endpoint; none for what every token may read. */
  readonly grants: ReadonlyArray<readonly [scope: string, level: 'read' | 'write']>;
  answer(call: RouteCall): Promise<VendorAnswer> | VendorAnswer;
}

export const NOT_FOUND = jsonAnswer(404, { message: 'Not Found' });

/** What reading runs, artifacts and environments needs. */
export const ACTIONS = [['actions', 'read']] as const;

export function found<Thing>(thing: Thing | undefined, shape: (thing: Thing) => unknown): VendorAnswer {
  return thing === undefined ? NOT_FOUND : jsonAnswer(200, shape(thing));
}

export function page(query: URLSearchParams, items: readonly unknown[]): VendorAnswer {
  return jsonAnswer(200, slice(query, items));
}

export function slice<Item>(query: URLSearchParams, items: readonly Item[]): readonly Item[] {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}
