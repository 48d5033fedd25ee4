import { parseChannelSettings } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId, senderIdentity } from '../core/lifecycle/conversation-id';
import type { LookupQuery, LookupResult, MessageLookup } from '../core/ports/message-lookup';
import { addressOf } from '../core/recipient/address-of';
import type { ReconcilerPorts } from './reconciler-ports';

/**
 * What a vendor's list shows of a send. `nothing`: it did not go. `no_proof`: something like it went, which may be
 * another conversation's. `silence`: the list could not be read. `no_list`: this vendor has none.
 */
export type Evidence =
  | { readonly shows: 'sent'; readonly vendorMessageId: string }
  | { readonly shows: 'nothing' | 'no_proof' | 'silence' | 'no_list' };

/** Milliseconds by which the vendor's clock may be behind ours. */
const CLOCK_MARGIN = 60_000;

/**
 * Looks for a conversation's message among those that its vendor lists and no other conversation is known to have sent.
 */
export async function queryVendor(
  ports: ReconcilerPorts,
  conversation: Conversation,
  claimed: { readonly first: number; readonly last: number },
): Promise<Evidence> {
  const { channel_method: channel, composition } = conversation;
  const { find } = ports.lookups[channel];
  if (!find) return { shows: 'no_list' };
  const means = await readMeans(ports, conversation);
  // Words that another tool took out of the record are on no list, which would prove nothing.
  if (!means || !composition?.filled.text) return { shows: 'silence' };
  const listed = await ask(ports, find, {
    ...means,
    channel,
    recipient: addressOf(conversation),
    text: composition.filled.text,
    since: claimed.first - CLOCK_MARGIN,
    until: claimed.last + ports.lookups[channel].settleAfter,
  });
  if (listed.outcome === 'unavailable') {
    ports.observer.warn("a vendor's list could not be read", {
      conversation_id: conversation.conversation_id,
      channel,
      detail: listed.detail,
    });
    return { shows: 'silence' };
  }
  const { vendorMessageIds: fitting, otherMessageIds: other = [] } = listed;
  if (fitting.length + other.length === 0) return { shows: 'nothing' };
  return classifyListing(ports, conversation, { fitting, other });
}

type Find = NonNullable<MessageLookup['find']>;

/** A bug of the adapter must not keep a message from ever being resolved. */
async function ask({ observer }: ReconcilerPorts, find: Find, query: LookupQuery): Promise<LookupResult> {
  try {
    return await find(query);
  } catch (error) {
    observer.error("the adapter to a vendor's list failed", error, { channel: query.channel });
    return { outcome: 'unavailable', detail: 'the adapter failed' };
  }
}

/**
 * Read after the list: every message that is listed had been claimed before. Two conversations with the same words to
 * the same recipient, neither of them known to have gone, cannot be distinguished, so one that is listed proves
 * neither.
 */
async function classifyListing(
  ports: ReconcilerPorts,
  conversation: Conversation,
  listed: { readonly fitting: readonly string[]; readonly other: readonly string[] },
): Promise<Evidence> {
  const others = (await ports.traces.tracesOf(conversation.primary_channel)).filter(
    ({ conversation_id: id }) => id !== conversation.conversation_id,
  );
  const bound = new Set(others.map(({ vendor_message_id: id }) => id));
  const newest = listed.fitting.find((id) => !bound.has(id));
  // A message with other words that no conversation owns may be ours, changed by the vendor: that proves neither.
  if (newest === undefined) return { shows: listed.other.some((id) => !bound.has(id)) ? 'no_proof' : 'nothing' };
  const hasEqual = others.some(
    (other) => other.vendor_message_id === undefined && other.text === conversation.composition?.filled.text,
  );
  return hasEqual ? { shows: 'no_proof' } : { shows: 'sent', vendorMessageId: newest };
}

/**
 * The sender and the vendor's account; undefined where they cannot be read, or the company has changed its sender
 * since.
 */
async function readMeans({ directory, secrets }: ReconcilerPorts, conversation: Conversation) {
  const identity = parseConversationId(conversation.conversation_id);
  if (!identity) return undefined;
  const { company } = await directory.loadForProcessing(identity);
  const settings = company && parseChannelSettings(company, conversation.channel_method);
  if (!settings?.valid || senderIdentity(settings.value.sender) !== identity.sender) return undefined;
  const use = { kind: 'credentials', channel: conversation.channel_method, company: identity.companyId } as const;
  const secret = await secrets.read(settings.value.credentialsId, use);
  return secret.outcome === 'found' ? { sender: settings.value.sender, credentials: secret.fields } : undefined;
}
