import type { Conversation } from '../../core/lifecycle/conversation';
import type { ConversationIdentity } from '../../core/lifecycle/conversation-id';
import type { StoredRecord } from '../../core/ports/company-records';
import type { PersonRecords } from '../../core/ports/person-records';
import { isSameAddress } from '../../core/recipient/identity';

/** All that is held of a person. */
export interface Held {
  /** Under which it lies. */
  readonly addresses: readonly string[];
  readonly conversations: readonly Conversation[];
  /** As it is stored, one a spelling of the address. */
  readonly optOuts: readonly StoredRecord[];
  /** Other addresses that the conversations name: perhaps the same person's, perhaps not. */
  readonly otherAddresses: readonly string[];
}

/** Under every spelling of the address, and every name by which a company knows the person. */
export async function findHeld(people: Pick<PersonRecords, 'addressesOf' | 'find'>, address: string): Promise<Held> {
  const addresses = await people.addressesOf(address);
  const found = await Promise.all(addresses.map(async (spelling) => people.find(spelling)));
  const conversations = found.flatMap((items) => items.conversations);
  const named = conversations.flatMap(({ recipient_tel: telephone, recipient_email: email }) => [telephone, email]);
  const others = named.flatMap((other) => (
    typeof other !== 'string' || addresses.some((own) => isSameAddress(own, other)) ? [] : [other]
  ));
  const optOuts = found.flatMap(({ optOut }) => (optOut ? [optOut] : []));
  return { addresses, conversations, optOuts, otherAddresses: [...new Set(others)] };
}

export function requestOf(
  { company_id: companyId, project_id: projectId, request_id: requestId }: Conversation,
): Omit<ConversationIdentity, 'sender'> {
  return { companyId, projectId, requestId };
}
