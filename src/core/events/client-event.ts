import type { Timestamp } from '../ports/clock';
import type { EventType } from './event-types';

/** A value of an event's `data`: no text of a recipient and no address of one. */
export type EventValue = string | number | boolean | null | { readonly [field: string]: EventValue };

/**
 * An event as it is stored. What a recipient wrote is no part of it: the delivery reads that from the record, so that a
 * person who was erased meanwhile is not in it.
 */
export interface ClientEvent {
  /** UUID of version 5 of the record and its entry: the same change always has the same one. */
  readonly id: string;
  readonly type: EventType;
  /** When the change happened. */
  readonly at: Timestamp;
  readonly company_id: string;
  /** Absent where the change concerns the company as a whole. */
  readonly project_id?: string;
  /** Grows with each entry of the record that the event is about; gaps are entries that are no events. */
  readonly sequence: number;
  readonly data: Readonly<Record<string, EventValue>>;
  /** Where the delivery reads what the recipient wrote; absent where the event has none of it. */
  readonly words?: EventWords;
  /** Seconds since 1970; DynamoDB removes the event some time after it. */
  readonly time_to_live: number;
}

/** `reply`: one message of a thread. `answers`: the answers of a conversation, with their quotes. */
export type EventWords =
  | { readonly kind: 'reply'; readonly thread: string; readonly position: string }
  | { readonly kind: 'answers'; readonly conversation: string };

/** An event in its company's order. */
export interface LoggedEvent {
  /** Sorts as text in the order in which the events were published; a cursor of the listing. */
  readonly position: string;
  readonly event: ClientEvent;
}
