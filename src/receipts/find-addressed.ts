import { isService } from '../core/channels/sender-form';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId, senderIdentity } from '../core/lifecycle/conversation-id';
import { findConversationById } from '../core/lifecycle/find-conversation';
import type { ChannelAccess, InboundMail, InboundMessage, NeverAnswered } from '../core/ports/receipt';
import { isSameAddress } from '../core/recipient/identity';
import type { InboundPorts } from './receipt-ports';

/** A sender that the person may have answered, and what it last wrote to them. */
export interface Addressed {
  readonly sender: string;
  readonly newest?: ConversationKey | undefined;
}

export interface AddressedTo {
  readonly addressed: readonly Addressed[];
  /** Present if no engine may answer the message. */
  readonly neverAnswered?: NeverAnswered | undefined;
}

interface Owner {
  readonly companyId: string;
  readonly access: ChannelAccess;
}

/** Whom a person wrote to, and what they answer. */
export async function findAddressed(inbound: InboundMessage, owner: Owner, ports: InboundPorts): Promise<AddressedTo> {
  return inbound.mail
    ? findMailed({ ...inbound, mail: inbound.mail }, owner, ports)
    : { addressed: await findCalled(inbound, owner, ports) };
}

/**
 * The number that was written to, and the service that it belongs to: the company may have sent as either. A call that
 * names no service comes to a number of the company's own account, and so of the service that it sends as.
 */
async function findCalled(
  { from: recipient, to, service }: InboundMessage,
  { companyId: company, access }: Owner,
  { recipients }: InboundPorts,
): Promise<readonly Addressed[]> {
  const owned = isService(access.sender) ? access.sender : undefined;
  const senders = [service ?? owned, to].filter((sender) => sender !== undefined).map(senderIdentity);
  return Promise.all(senders.map(async (sender) => (
    { sender, newest: await recipients.newest({ recipient, sender, company }) }
  )));
}

/**
 * A mail answers the message whose reply address it came to. Only that address proves who wrote it: what a mail says of
 * its sender, anyone can write. A mail to another address of the domain is taken to answer the newest message to whom
 * it says that it is from, and is never answered.
 */
async function findMailed(
  { from, mail }: InboundMessage & { readonly mail: InboundMail },
  { companyId: company, access }: Owner,
  ports: InboundPorts,
): Promise<AddressedTo> {
  const conversation = mail.token === undefined ? undefined : await findAnswered(mail.token, company, ports);
  if (!conversation) {
    const sender = senderIdentity(access.sender);
    const newest = await ports.recipients.newest({ recipient: from, sender, company });
    return { addressed: [{ sender, newest }], neverAnswered: 'unproved_address' };
  }
  const { sender = access.sender } = parseConversationId(conversation.conversation_id) ?? {};
  const { primary_channel: recipient, conversation_id } = conversation;
  const isRecipient = isSameAddress(from, recipient);
  const automatic = mail.isAutomatic ? 'automatic' : undefined;
  return {
    addressed: [{ sender, newest: { primary_channel: recipient, conversation_id } }],
    neverAnswered: isRecipient ? automatic : 'other_sender',
  };
}

/** The message that gave out a reply address; undefined if it is another company's, erased or past its retention. */
async function findAnswered(
  token: string,
  company: string,
  ports: InboundPorts,
): Promise<Conversation | undefined> {
  const answered = await ports.replyAddresses.find(token);
  if (!answered || parseConversationId(answered.conversationId)?.companyId !== company) return undefined;
  return (await findConversationById(answered.conversationId, ports))?.conversation;
}
