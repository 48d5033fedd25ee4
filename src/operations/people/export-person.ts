import { withReplies } from '../../core/lifecycle/thread';
import type { Timestamp } from '../../core/ports/clock';
import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
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

type Ports = Pick<OperationPorts, 'clock' | 'people' | 'threads'>;

export async function exportPerson({ clock, people, threads }: Ports, address: string): Promise<PersonExport> {
  const { addresses, conversations, optOuts, otherAddresses } = await findHeld(people, address);
  const records = await Promise.all(
    conversations.map(async (conversation) => people.findIdempotencyRecord(requestOf(conversation))),
  );
  return {
    address,
    addresses,
    exported_at: timestamp(clock.now()),
    conversations: await Promise.all(conversations.map(async (conversation) => withReplies(conversation, threads))),
    opt_outs: optOuts,
    request_guards: records.filter((record) => record !== undefined),
    other_addresses_in_these_records: otherAddresses,
    not_in_this_export: ELSEWHERE,
  };
}
