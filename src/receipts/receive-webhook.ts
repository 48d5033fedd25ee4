import { isChannel } from '../core/channel';
import { WEBHOOK_LIMITS } from '../core/contract/webhook-query';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type {
  ServedWebhook, VendorWebhook, WebhookAnswer, WebhookCall, WebhookClaim, WebhookContent,
} from '../core/ports/receipt';
import { authenticate } from './authenticate';
import { confirmStop } from './confirm-stop';
import type { WebhookPorts } from './receipt-ports';
import { takeInbound } from './take-inbound';
import { takeReceipts } from './take-receipts';
import { takeUnnamed } from './take-unnamed';
import { LATER, REFUSED, TOO_LARGE } from './webhook-answer';
import type { WebhookOwner } from './webhook-owner';

/**
 * Any vendor's call: whose it is, whether the vendor made it, what it reports, and what is done about that. May be
 * repeated at any time.
 */
export async function receiveWebhook(
  served: ServedWebhook,
  call: WebhookCall,
  ports: WebhookPorts,
): Promise<WebhookAnswer> {
  const { observer } = ports;
  // Nobody has proved anything yet: what a large body costs to read, anyone could make the stage pay.
  if ((call.bytes?.length ?? Buffer.byteLength(call.body)) > served.webhook.largestBody) {
    observer.count('WebhookRefused');
    return TOO_LARGE;
  }
  try {
    const answer = await receive(served, call, ports);
    if (answer === REFUSED) observer.count('WebhookRefused');
    return answer;
  } catch (error) {
    observer.error("a vendor's call could not be processed", error, { webhook: served.webhook.path });
    return LATER;
  }
}

async function receive(
  { webhook, channels }: ServedWebhook,
  call: WebhookCall,
  ports: WebhookPorts,
): Promise<WebhookAnswer> {
  const owner = await findOwner(webhook.claim(call.query), ports);
  if (!owner || !channels.includes(owner.channel)) return REFUSED;
  const proof = await authenticate(call, owner, webhook, ports);
  if (proof.verdict === 'unchecked' && webhook.isLostIfRefused) return LATER;
  if (proof.verdict !== 'genuine') return REFUSED;
  const { access } = proof;
  const content = await readContent(webhook, call, ports);
  switch (content?.kind) {
    case undefined:
      // Genuine, and in a form that this engine does not know: a repetition would not help.
      ports.observer.count('WebhookUnreadable');
      ports.observer.warn("a vendor's call could not be read", { webhook: webhook.path });
      return webhook.unread ?? webhook.taken;
    case 'no_sender':
      ports.observer.count('ReplyUnmatched', { channel: owner.channel });
      return webhook.taken;
    case 'inbound': {
      const { companyId, company } = owner;
      let answer = webhook.taken;
      await takeInbound(content.message, { companyId, company, access }, ports, async (recipient) => {
        answer = await confirmStop({ recipient, companyId, access, webhook }, ports);
      });
      return answer;
    }
    case 'receipts': {
      if (content.ignored > 0) ports.observer.count('ReceiptIgnored', { channel: owner.channel }, content.ignored);
      const { unknown } = await takeReceipts(content.receipts, owner, ports);
      await takeUnnamed(content.unnamed ?? [], { ...owner, access }, ports);
      // A call about one conversation that names an attempt which that conversation never made proves nothing.
      return owner.conversation && unknown > 0 ? REFUSED : webhook.taken;
    }
  }
}

type ReadContent = Exclude<WebhookContent, { readonly kind: 'mail' }> | { readonly kind: 'no_sender' };

/** A vendor hands a mail over as its sender's program wrote it. */
async function readContent(
  webhook: VendorWebhook, call: WebhookCall, { readMail }: WebhookPorts,
): Promise<ReadContent | undefined> {
  const content = await webhook.read(call);
  if (content?.kind !== 'mail') return content;
  const message = await readMail(content.mail);
  return message ? { kind: 'inbound', message } : { kind: 'no_sender' };
}

async function findOwner(
  claim: WebhookClaim,
  { directory, conversations }: WebhookPorts,
): Promise<WebhookOwner | undefined> {
  if ('conversationId' in claim) {
    const { conversationId } = claim;
    const identity = parseConversationId(conversationId);
    if (!identity || Buffer.byteLength(conversationId) > WEBHOOK_LIMITS.identifier) return undefined;
    const { idempotency, company } = await directory.loadForProcessing(identity);
    if (!company || idempotency?.conversation.conversation_id !== conversationId) return undefined;
    const conversation = await conversations.find(idempotency.conversation);
    return (
      conversation && { companyId: identity.companyId, company, channel: conversation.channel_method, conversation }
    );
  }
  const { companyId, projectId, channel } = claim;
  // A `#` would lead to an item that is not a company (its API keys, for one).
  const both = companyId + projectId;
  if (
    !isChannel(channel) ||
    !companyId ||
    !projectId ||
    both.includes('#') ||
    Buffer.byteLength(both) > WEBHOOK_LIMITS.identifier
  ) {
    return undefined;
  }
  const company = await directory.findCompany({ companyId, projectId });
  return company && { companyId, company, channel };
}
