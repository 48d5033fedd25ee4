import type { Where } from './change';
import type { Thread } from './thread-record';
import type { TicketHolder } from './ticket-holder';

/** What a thread must be for the holder's reply to leave: any of these. `mayStillLeave` says the same. */
export function leavesWhere({ owner, epoch, sequence, by }: TicketHolder): ReadonlyArray<Where<keyof Thread>> {
  const asMade = {
    owner: { equals: owner },
    epoch: { equals: epoch },
    ...(sequence === undefined ? {} : { sequence: { equals: sequence } }),
  };
  if (by === undefined) return [asMade];
  const isOpen = { oneOf: ['engine', 'person'] };
  return [asMade, { owner: isOpen, tenure_by: { equals: by }, tenure_from: { below: epoch + 1 } }];
}

/** False if the thread has changed so that the holder's reply may not leave any more. */
export function mayStillLeave(
  { owner, epoch, sequence, by }: TicketHolder,
  thread: Pick<Thread, 'owner' | 'epoch' | 'sequence' | 'tenure_by' | 'tenure_from'>,
): boolean {
  const isOfThisBurst = sequence === undefined || thread.sequence === sequence;
  if (thread.owner === owner && thread.epoch === epoch && isOfThisBurst) return true;
  const { tenure_by: taker, tenure_from: from = Infinity } = thread;
  return by !== undefined && thread.owner !== 'nobody' && taker === by && from <= epoch;
}
