import { timestamp } from '../core/ports/clock';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import type { ChannelAccess, InboundMessage, OptOutCommand } from '../core/ports/receipt';
import { identityOf, isSameAddress } from '../core/recipient/identity';
import { followOptOut } from './follow-opt-out';
import { findAddressed } from './find-addressed';
import type { ReplyOutcome } from './keep-reply';
import { keepReply } from './keep-reply';
import { readWish } from './read-wish';
import type { InboundPorts } from './receipt-ports';

/** Whose webhook it came by: the company's identifier and record, and the channel's settings. */
export interface InboundOwner {
  readonly companyId: string;
  /** The company record as it is stored, unchecked. */
  readonly company: Readonly<Record<string, unknown>>;
  readonly access: ChannelAccess;
}

/**
 * `unmatched`: no project of this company has written to the person from that number, or the number is none of its own.
 * `known`: received before.
 */
export type InboundOutcome = 'opted_out' | 'opted_in' | ReplyOutcome;

/** Called once for each stop that a recipient of the company wrote, in whatever order its message is repeated. */
export type OnNewStop = (recipient: string) => Promise<unknown>;

/** Applies or keeps what a person wrote to one of the company's senders. May be repeated at any time. */
export async function takeInbound(
  inbound: InboundMessage,
  owner: InboundOwner,
  ports: InboundPorts,
  onNewStop: OnNewStop = async () => Promise.resolve(),
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
    const isMatched = newest !== undefined;
    const { outcome, isNew } = await applyOptOut(command, inbound, { ...owner, senders, others, isMatched }, ports);
    if (newest) await followOptOut(newest, { companyId: company, channel }, ports);
    // A vendor that took it for a stop itself has said so itself.
    const isConfirmed = inbound.command !== undefined || neverAnswered !== undefined;
    if (isNew && newest && !isConfirmed && !(await ports.senders.includes(address))) {
      await onNewStop(newest.primary_channel);
    }
    return outcome;
  }
  const conversation = newest && (await findAnswered(newest, ports));
  if (command || !conversation) {
    ports.observer.count('ReplyUnmatched', { channel });
    return 'unmatched';
  }
  return keepReply(inbound, conversation, { wish, neverAnswered, company: owner.company }, ports);
}

/** Steps from a message to the one that the client asked for, at most. */
const STEPS = 10;

/**
 * The conversation that a reply belongs to, which is the client's own: a reply to a reminder answers what it reminds
 * of, and one to a person's words what those answered.
 */
async function findAnswered(key: ConversationKey, { conversations }: InboundPorts): Promise<Conversation | undefined> {
  let found = await conversations.find(key);
  for (let steps = 0; found && steps < STEPS; steps += 1) {
    const original: string | undefined = found.reminder_of ?? found.reply?.in_reply_to;
    const next = original === undefined ? undefined : await conversations.find({ ...key, conversation_id: original });
    if (!next) return found;
    found = next;
  }
  return found;
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
): Promise<{ readonly outcome: InboundOutcome; readonly isNew: boolean }> {
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
  if (identityOf(inbound.from) === undefined) return { outcome: 'unmatched', isNew: false };
  let isNew = false;
  for (const [index, sender] of senders.entries()) {
    // One event is applied once: that it counts for a second sender is another one.
    const event = index === 0 ? inbound.vendorMessageId : `${inbound.vendorMessageId}#${sender}`;
    if (command === 'stop') {
      for (const recipient of [word.recipient, ...others]) {
        isNew = (await directory.addOptOut({ ...word, recipient, sender, event, source: 'reply' })) || isNew;
      }
    } else {await directory.removeOptOut({ ...word, sender, event, company });}
  }
  observer.count('OptOutHeard', { channel: access.channel });
  observer.info(command === 'stop' ? 'a recipient opted out' : 'a recipient lifted an opt-out', {
    channel: access.channel,
    vendor_message_id: inbound.vendorMessageId,
  });
  return { outcome: command === 'stop' ? 'opted_out' : 'opted_in', isNew };
}
