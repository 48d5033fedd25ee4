import type { Conversation } from '../../core/lifecycle/conversation';
import type { ConversationIdentity } from '../../core/lifecycle/conversation-id';
import type { DynamoDbPerson } from '../../records/dynamodb-person';

/** All that is held of a person. */
export interface Held {
  readonly conversations: readonly Conversation[];
  /** As it is stored, one a spelling of the address. */
  readonly optOuts: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** Other addresses that the conversations name: perhaps the same person's, perhaps not. */
  readonly otherAddresses: readonly string[];
}

/** Mail systems take no notice of letter case, records keep the client's: both spellings are looked at. */
export async function findHeld(person: Pick<DynamoDbPerson, 'find'>, address: string): Promise<Held> {
  const spellings = [...new Set([address, address.toLowerCase()])];
  const found = await Promise.all(spellings.map(async (spelling) => person.find(spelling)));
  const conversations = found.flatMap((items) => items.conversations);
  const named = conversations.flatMap(({ recipient_tel: telephone, recipient_email: email }) => [telephone, email]);
  const others = new Set(named.filter((other): other is string => typeof other === 'string' && !spellings.includes(other.toLowerCase()) && !spellings.includes(other)));
  return { conversations, optOuts: found.flatMap(({ optOut }) => (optOut ? [optOut] : [])), otherAddresses: [...others] };
}

export function requestOf({ company_id: companyId, project_id: projectId, request_id: requestId }: Conversation): Omit<ConversationIdentity, 'sender'> {
  return { companyId, projectId, requestId };
}
