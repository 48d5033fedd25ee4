import type { Timestamp } from '../../core/ports/clock';
import type { DynamoDbPerson } from '../../records/dynamodb-person';
import { findHeld, requestOf } from './held';

/** What the engine holds of a person, and who else may hold more. */
export interface PersonExport {
  readonly address: string;
  /** Every spelling and name under which records lie. */
  readonly addresses: readonly string[];
  readonly exported_at: Timestamp;
  readonly conversations: readonly unknown[];
  readonly opt_outs: readonly unknown[];
  /** What keeps each request from being worked twice. */
  readonly request_guards: readonly unknown[];
  readonly other_addresses_in_these_records: readonly string[];
  readonly not_in_this_export: readonly string[];
}

export const ELSEWHERE = [
  'Twilio and SendGrid keep what they delivered, by their own retention settings.',
  'The language model\'s vendor is asked to store nothing (store: false).',
  'Point-in-time backups of the tables keep older versions for up to 35 days.',
] as const;

export async function exportPerson(person: Pick<DynamoDbPerson, 'addressesOf' | 'find' | 'findIdempotencyRecord'>, address: string, now: Timestamp): Promise<PersonExport> {
  const { addresses, conversations, optOuts, otherAddresses } = await findHeld(person, address);
  const idempotencyRecords = await Promise.all(conversations.map(async (conversation) => person.findIdempotencyRecord(requestOf(conversation))));
  return {
    address,
    addresses,
    exported_at: now,
    conversations,
    opt_outs: optOuts,
    request_guards: idempotencyRecords.filter((idempotency) => idempotency !== undefined),
    other_addresses_in_these_records: otherAddresses,
    not_in_this_export: ELSEWHERE,
  };
}
