import { timestamp } from '../core/ports/clock';
import { parseProject } from '../core/company/company';
import type { Conversation, ConversationKey, ConversationMessage } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { isFullOfReplies, noteReply } from '../core/lifecycle/receipt-transitions';
import type { ChannelAccess, InboundMessage, NeverAnswered, OptOutCommand } from '../core/ports/receipt';
import { REPLY_RECEIVED } from '../core/lifecycle/reply-transitions';
import { identityOf, isSameAddress } from '../core/recipient/identity';
import { findAddressed } from './find-addressed';
import type { Wish } from './read-wish';
import { readWish } from './read-wish';
import { handsOverReply } from './reply-rule';
import type { InboundPorts } from './receipt-ports';

/** Whose webhook it came by: the company's identifier and record, and the channel's settings. */
export interface InboundOwner {
  readonly companyId: string;
  readonly access: ChannelAccess;
}

/**
 * `unmatched`: no project of this company has written to the person from that number, or the number is none of its own.
 * `known`: received before.
 */
export type InboundOutcome = 'opted_out' | 'opted_in' | 'appended' | 'handed_off' | 'known' | 'unmatched';

/** Applies or keeps what a person wrote to one of the company's senders. May be repeated at any time. */
export async function takeInbound(
  inbound: InboundMessage,
  owner: InboundOwner,
  ports: InboundPorts,
): Promise<InboundOutcome> {
  const { channel } = owner.access;
  const { companyId: company } = owner;
  const { from: address, alsoKnownAs: alias } = inbound;
  if (alias) await ports.aliases.learn({ company, address, alias, at: timestamp(ports.clock.now()) });
  const { addressed, neverAnswered } = await findAddressed(inbound, owner, ports);
  const newest = addressed.find((sender) => sender.newest)?.newest;
  const wish = readWish(inbound, owner.access.language);
  const isLift = wish === 'start' && neverAnswered !== undefined;
  const command = wish === 'person' || isLift ? undefined : wish;
  // The company's own token signs whatever it likes, so a number that is not its own counts for nothing.
  const own = addressed.filter((one) => one.newest || isSameAddress(one.sender, owner.access.sender));
  if (command && own.length > 0) {
    const senders = own.map(({ sender }) => sender);
    // Whoever holds the address of a message may stop messages to its recipient, and not lift that stop.
    const others = neverAnswered === 'other_sender' && newest ? [newest.primary_channel] : [];
    return applyOptOut(command, inbound, { ...owner, senders, others, isMatched: newest !== undefined }, ports);
  }
  const conversation = newest && (await findAnswered(newest, ports));
  if (command || !conversation) {
    ports.observer.count('ReplyUnmatched', { channel });
    return 'unmatched';
  }
  return append(inbound, conversation, { wish, neverAnswered }, ports);
}

/** The conversation that a reply belongs to: a reply to a reminder answers what it reminds of. */
async function findAnswered(key: ConversationKey, { conversations }: InboundPorts): Promise<Conversation | undefined> {
  const found = await conversations.find(key);
  const { reminder_of: original } = found ?? {};
  if (original === undefined) return found;
  return (await conversations.find({ ...key, conversation_id: original })) ?? found;
}

/**
 * A stop is kept under the address that it came from, whether or not anything was ever sent there. It then counts for
 * every address that turns out to be the same person's. Until then the operator has to find out whom it was meant for.
 */
async function applyOptOut(
  command: OptOutCommand,
  inbound: InboundMessage,
  { access, companyId: company, senders, others, isMatched }: InboundOwner & {
    readonly senders: readonly string[];
    /** Whom the message answers for, beside its writer. */
    readonly others: readonly string[];
    readonly isMatched: boolean;
  },
  ports: InboundPorts,
): Promise<InboundOutcome> {
  const { directory, clock, observer } = ports;
  const word = {
    recipient: inbound.from,
    at: timestamp(clock.now()),
  };
  if (command === 'stop' && !isMatched) {
    observer.count('StopUnmatched');
    observer.warn('a stop matches no recipient', {
      company,
      channel: access.channel,
      vendor_message_id: inbound.vendorMessageId,
    });
  }
  if (identityOf(inbound.from) === undefined) return 'unmatched';
  for (const [index, sender] of senders.entries()) {
    // One event is applied once: that it counts for a second sender is another one.
    const event = index === 0 ? inbound.vendorMessageId : `${inbound.vendorMessageId}#${sender}`;
    if (command === 'stop') {
      for (const recipient of [word.recipient, ...others]) {
        await directory.addOptOut({ ...word, recipient, sender, event, source: 'reply' });
      }
    } else {await directory.removeOptOut({ ...word, sender, event, company });}
  }
  observer.count('OptOutHeard', { channel: access.channel });
  observer.info(command === 'stop' ? 'a recipient opted out' : 'a recipient lifted an opt-out', {
    channel: access.channel,
    vendor_message_id: inbound.vendorMessageId,
  });
  return command === 'stop' ? 'opted_out' : 'opted_in';
}

/**
 * The reply is kept in its thread, then notified, then noted in the record. After a crash between two of these, the
 * vendor's repeated call finds it not noted and does the rest again: a reply may be notified twice, but never silently
 * kept.
 */
async function append(
  inbound: InboundMessage,
  conversation: Conversation,
  { wish, neverAnswered }: { readonly wish: Wish | undefined; readonly neverAnswered: NeverAnswered | undefined },
  ports: InboundPorts,
): Promise<InboundOutcome> {
  const { clock, conversations, handoff, observer, threads } = ports;
  const { channel_method: channel, conversation_id: conversationId } = conversation;
  const { vendorMessageId } = inbound;
  if (conversation.inbound_ids?.includes(vendorMessageId)) return 'known';
  const reply = {
    conversation,
    message: messageOf(inbound, ports),
    vendorMessageId,
    ...(neverAnswered === undefined ? {} : { neverAnswered }),
  };
  const { sequence, isNew } = await threads.keep(reply);
  const isCounted = !isFullOfReplies(conversation);
  if (!isCounted && !isNew) return 'known';
  // Who asks for a person reaches one, whatever the company has set; so does what no engine can judge.
  const isForPerson = wish === 'person' || inbound.mail?.isCut === true || isDoubtful(neverAnswered);
  const handOff = isForPerson || (await asksForHandOff(conversation, ports));
  if (handOff) await handoff.handOff({ conversationId, company: conversation.company_id, reason: REPLY_RECEIVED });
  const noted = { vendorMessageId, now: clock.now(), handOff, isCounted, waitSince: conversation.reply_since };
  const { applied, conversation: found } = await conversations.change(conversation, noteReply(noted));
  if (!found) {
    await threads.discard(reply, sequence);
    observer.count('ReplyUnmatched', { channel });
    return 'unmatched';
  }
  if (!applied) return 'known';
  observer.count('ReplyReceived', { channel });
  observer.info('a reply was kept', { conversation_id: conversationId, channel, handed_off: handOff });
  return handOff ? 'handed_off' : 'appended';
}

/** Whether the recipient may not have written it. What a program of theirs wrote needs no person. */
function isDoubtful(neverAnswered: NeverAnswered | undefined): boolean {
  return neverAnswered !== undefined && neverAnswered !== 'automatic';
}

function messageOf(inbound: InboundMessage, { clock, newIdentifier }: InboundPorts): ConversationMessage {
  return {
    message_id: newIdentifier(),
    timestamp: timestamp(clock.now()),
    role: 'user',
    content: words(inbound),
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  };
}

/**
 * By the settings of the conversation's project, which may be another one than the webhook's where projects share a
 * number.
 */
async function asksForHandOff(conversation: ConversationKey, { directory }: InboundPorts): Promise<boolean> {
  const identity = parseConversationId(conversation.conversation_id);
  const { company = {} } = identity ? await directory.loadForProcessing(identity) : {};
  return handsOverReply(parseProject(company), conversation.primary_channel);
}

function words({ text, attachments, mail }: InboundMessage): string {
  const count = attachments === 1 ? 'an attachment' : `${attachments} attachments`;
  // The vendor of a mail keeps nothing of it.
  const where = mail ? 'not kept, ask the writer for it' : "see the vendor's console";
  return [
    text,
    ...(mail?.isCut ? ['[the mail is longer: the rest is not kept]'] : []),
    ...(attachments > 0 ? [`[${count}: ${where}]`] : []),
  ].filter(Boolean).join('\n');
}
