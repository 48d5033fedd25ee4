/** Key of an item in the table of events. */
export type EventItemKey = Readonly<Record<'owner_key' | 'item_key', string>>;

/** A company's events, in the order of their positions. */
export function eventItemKey(company: string, position: string): EventItemKey {
  return { owner_key: `events#${company}`, item_key: position };
}

/** How far a record's entries were published; `record` is a hash. */
export function watermarkItemKey(record: string): EventItemKey {
  return { owner_key: `published#${record}`, item_key: 'now' };
}

export function endpointItemKey(company: string, id: string): EventItemKey {
  return { owner_key: `endpoints#${company}`, item_key: id };
}

/** What is worth keeping of an endpoint's deliveries. */
export function deliveryNoteKey(company: string, id: string, at: string, event: string): EventItemKey {
  return { owner_key: `deliveries#${company}#${id}`, item_key: `${at}#${event}` };
}

/** A record whose events could not be published; `record` is a hash. */
export function leftOutItemKey(record: string): EventItemKey {
  return { owner_key: 'left-out', item_key: record };
}

/** Groups of the index of what is due. */
export const DUE_GROUPS = { endpoints: 'endpoints', records: 'left-out' } as const;

/** The company and the endpoint of a key of one. */
export function endpointOfKey(owner: string, item: string): { readonly company: string; readonly id: string } {
  return { company: owner.slice('endpoints#'.length), id: item };
}
