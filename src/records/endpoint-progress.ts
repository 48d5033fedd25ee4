import { nextOfHeld } from '../core/events/endpoint';
import type { Timestamp } from '../core/ports/clock';
import type { EndpointProgress } from '../core/ports/events';
import { DUE_GROUPS } from './event-item-keys';

export const RELEASED = { lease_owner: undefined, lease_until: undefined };

/** What every write of a worker changes. */
export function progressed({ cursor, held, failingSince, takenAt }: EndpointProgress) {
  return {
    feed_cursor: cursor,
    held: held.length > 0 ? held : undefined,
    ...dueAt(nextOfHeld(held)),
    ...(takenAt === undefined ? {} : { last_success_at: takenAt }),
    ...(failingSince === undefined ? {} : { failing_since: failingSince }),
  };
}

export function dueAt(due: Timestamp | undefined) {
  return { due_at: due, due_group: due === undefined ? undefined : DUE_GROUPS.endpoints };
}

/** Sets the attributes that have a value, and removes the others, for the worker that has the lease. */
export function underLease(
  { owner, epoch }: Pick<EndpointProgress, 'owner' | 'epoch'>,
  attributes: Readonly<Record<string, unknown>>,
) {
  const names = Object.keys(attributes);
  const set = names.filter((name) => attributes[name] !== undefined);
  const removed = names.filter((name) => attributes[name] === undefined);
  return {
    UpdateExpression:
      `SET ${set.map((name) => `${name} = :${name}`).join(', ')}`
      + (removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''),
    ConditionExpression: 'lease_owner = :owner AND epoch = :epoch',
    ExpressionAttributeValues: {
      ':owner': owner, ':epoch': epoch, ...Object.fromEntries(set.map((name) => [`:${name}`, attributes[name]])),
    },
  };
}
