import { parseChannel } from '../core/channel';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation';
import type { Receipt, WebhookCall } from '../core/ports/receipt';
import { WEBHOOK_QUERY } from '../core/contract/webhook-paths';
import { authenticate } from './authenticate';
import type { WebhookPorts } from './receipt-ports';
import { takeInbound } from './take-inbound';
import { takeReceipt } from './take-receipt';
import type { WebhookAnswer } from './webhook-answer';
import { LATER, REFUSED, SILENT_REPLY, TAKEN } from './webhook-answer';

/** Receipts of one batch that are written at once. */
const TOGETHER = 10;

/** Bytes of a sort key in DynamoDB, which refuses longer ones as a fault of ours. */
const LONGEST_KEY = 1024;

interface Found {
  readonly conversation: Conversation;
  readonly company: Readonly<Record<string, unknown>>;
}

/** `POST /webhooks/twilio/status`: what became of one message. Whose it is stands in the signed query. */
export async function answerTwilioStatus(call: WebhookCall, ports: WebhookPorts): Promise<WebhookAnswer> {
  return answer(ports, 'twilio-status', async () => {
    const found = await findConversation(call.query[WEBHOOK_QUERY.conversation] ?? '', ports);
    if (!found || found.conversation.channel_method === 'email') return REFUSED;
    const access = await authenticate(call, { company: found.company, channel: found.conversation.channel_method }, ports.twilioReceipts, ports);
    if (!access) return REFUSED;
    const receipt = ports.twilioReceipts.read(call);
    if (!receipt) return unreadable(ports, 'twilio-status', TAKEN);
    const outcome = await takeReceipt(receipt, found.conversation, ports);
    return outcome === 'stranger' ? REFUSED : TAKEN;
  });
}

/** `POST /webhooks/twilio/inbound`: a person's message. Whose number it is stands in the signed query. */
export async function answerTwilioInbound(call: WebhookCall, ports: WebhookPorts): Promise<WebhookAnswer> {
  return answer(ports, 'twilio-inbound', async () => {
    const { [WEBHOOK_QUERY.company]: companyId = '', [WEBHOOK_QUERY.project]: projectId = '', [WEBHOOK_QUERY.channel]: word = '' } = call.query;
    const channel = parseChannel(word);
    if (!channel || channel === 'email') return REFUSED;
    const company = await findCompany(companyId, projectId, ports);
    const access = company && await authenticate(call, { company, channel }, ports.twilioInbound, ports);
    if (!access) return REFUSED;
    const inbound = ports.twilioInbound.read(call);
    if (!inbound) return unreadable(ports, 'twilio-inbound', SILENT_REPLY);
    await takeInbound(inbound, { companyId, access }, ports);
    return SILENT_REPLY;
  });
}

/** `POST /webhooks/sendgrid/events`: a batch of what became of mails. The URL says whose key signs it; events of other companies are left out. */
export async function answerSendGridEvents(call: WebhookCall, ports: WebhookPorts): Promise<WebhookAnswer> {
  return answer(ports, 'sendgrid-events', async () => {
    const { [WEBHOOK_QUERY.company]: companyId = '', [WEBHOOK_QUERY.project]: projectId = '' } = call.query;
    const company = await findCompany(companyId, projectId, ports);
    const access = company && await authenticate(call, { company, channel: 'email' }, ports.sendGridEvents, ports);
    if (!access) return REFUSED;
    const receipts = ports.sendGridEvents.read(call);
    if (!receipts) return unreadable(ports, 'sendgrid-events', TAKEN);
    await takeBatch(receipts, companyId, ports);
    return TAKEN;
  });
}

/** Goes through the whole batch even if some of it fails, so that a repetition finds less to do each time. */
async function takeBatch(receipts: readonly Receipt[], companyId: string, ports: WebhookPorts): Promise<void> {
  const waiting = receipts.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const receipt of waiting) await takeMailReceipt(receipt, companyId, ports).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  if (failures.length > 0) throw failures[0];
}

async function takeMailReceipt(receipt: Receipt, companyId: string, ports: WebhookPorts): Promise<void> {
  // Before any read: an account's webhook tells of all that it sends, and one company's key proves nothing of another's messages.
  const isOwn = parseConversationId(receipt.conversationId)?.companyId === companyId;
  const found = isOwn ? await findConversation(receipt.conversationId, ports) : undefined;
  const outcome = found?.conversation.channel_method === 'email' ? await takeReceipt(receipt, found.conversation, ports) : 'stranger';
  if (outcome === 'stranger') ports.observer.count('ReceiptIgnored', { channel: 'email' });
}

async function findConversation(conversationId: string, { directory, conversations }: WebhookPorts): Promise<Found | undefined> {
  const identity = parseConversationId(conversationId);
  if (!identity || Buffer.byteLength(conversationId) > LONGEST_KEY) return undefined;
  const { idempotency, company } = await directory.loadForProcessing(identity);
  if (!company || idempotency?.conversation.conversation_id !== conversationId) return undefined;
  const conversation = await conversations.find(idempotency.conversation);
  return conversation && { conversation, company };
}

async function findCompany(companyId: string, projectId: string, { directory }: WebhookPorts): Promise<Found['company'] | undefined> {
  // A `#` would lead to an item that is no company (its API keys, for one).
  const both = companyId + projectId;
  if (!companyId || !projectId || both.includes('#') || Buffer.byteLength(both) > LONGEST_KEY) return undefined;
  return directory.findCompany({ companyId, projectId });
}

/** Genuine, and in a form that this engine does not know: to tell it again would help nobody. */
function unreadable({ observer }: WebhookPorts, webhook: string, taken: WebhookAnswer): WebhookAnswer {
  observer.count('WebhookUnreadable');
  observer.warn('a vendor\'s call could not be read', { webhook });
  return taken;
}

async function answer({ observer }: WebhookPorts, webhook: string, work: () => Promise<WebhookAnswer>): Promise<WebhookAnswer> {
  try {
    const answered = await work();
    if (answered === REFUSED) observer.count('WebhookRefused');
    return answered;
  } catch (error) {
    observer.error('a vendor\'s call could not be processed', error, { webhook });
    return LATER;
  }
}
