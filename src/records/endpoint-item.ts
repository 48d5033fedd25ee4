import type { Endpoint, EndpointState } from '../core/events/endpoint';
import { endpointItemKey } from './event-item-keys';
import type { Item } from './item';

export function storedEndpoint({ id, company_id, state: { cursor, ...state }, ...rest }: Endpoint): Item {
  return { ...endpointItemKey(company_id, id), company_id, ...rest, ...state, feed_cursor: cursor };
}

/** Only this engine writes such items, so their fields are not checked again. */
export function readEndpoint(item: Item | undefined): Endpoint | undefined {
  if (!item || typeof item.url !== 'string') return undefined;
  const {
    owner_key: _owner, item_key: id, company_id, project_ids, url, include, created_at, created_by, secrets,
    feed_cursor: cursor, ...state
  } = item;
  return {
    id, company_id, project_ids, url, include, created_at, created_by, secrets,
    state: { ...state, cursor } as EndpointState,
  } as Endpoint;
}
