import * as z from 'zod/mini';
import type { DeliveryStatus } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';
import type { Receipt, UnnamedReceipt, VendorWebhook } from '../core/ports/receipt';
import type { WebhookRegistration } from '../core/ports/vendor';
import { projectUrl, WEBHOOK_QUERY } from '../core/contract/webhook-query';
import { checkSendGridSignature } from './sendgrid-signature';

const text = z.catch(z.string(), '');

const event = z.object({
  event: z.string(),
  [WEBHOOK_QUERY.conversation]: z.string().check(z.minLength(1)),
  [WEBHOOK_QUERY.attempt]: z.string().check(z.minLength(1)),
  sg_event_id: text,
  sg_message_id: text,
  reason: text,
  type: text,
  bounce_classification: text,
});

type MailEvent = z.infer<typeof event>;

/** A bounce that names nothing but its recipient. */
const returned = z.object({
  event: z.literal('bounce'),
  email: z.string().check(z.minLength(3), z.maxLength(320)),
  sg_message_id: text,
  reason: text,
  type: text,
  bounce_classification: text,
});

/**
 * Events that say something of a delivery (docs.sendgrid.com, "Event Webhook Reference"). `deferred` means that
 * SendGrid goes on trying; a person who complains or unsubscribes has the mail. Whatever is not here is ignored, as
 * SendGrid adds events without notice.
 */
const DELIVERY: Readonly<Record<string, DeliveryStatus>> = {
  processed: 'accepted',
  deferred: 'accepted',
  delivered: 'delivered',
  open: 'read',
  click: 'read',
  spamreport: 'delivered',
  unsubscribe: 'delivered',
  group_unsubscribe: 'delivered',
  bounce: 'undelivered',
  dropped: 'undelivered',
};

const OPT_OUTS: readonly string[] = ['spamreport', 'unsubscribe', 'group_unsubscribe'];
/** Reasons of a dropped mail that are a wish of the recipient's. */
const DROPPED_OPT_OUTS: readonly string[] = ['Unsubscribed Address', 'Spam Reporting Address'];
const DROPPED_UNREACHABLE: readonly string[] = ['Bounced Address', 'Invalid'];

/** SendGrid's classes of bounces; the others say too little. */
const BOUNCES: Readonly<Record<string, FailureReason>> = {
  'Invalid Address': 'recipient_unreachable',
  'Mailbox Unavailable': 'recipient_unavailable',
  'Content': 'content_rejected',
  'Reputation': 'content_rejected',
  'Frequency/Volume': 'vendor_busy',
  'Frequency or Volume Too High': 'vendor_busy',
  'Technical': 'recipient_unavailable',
  'Technical Failure': 'recipient_unavailable',
};

const PATH = '/webhooks/sendgrid/events';

/** Bytes of a batch at most; SendGrid posts one when it has some 768 KB. */
const LARGEST_BATCH = 2 * 1024 * 1024;

/** The URL that an operator enters at SendGrid (Settings, Mail Settings, Event Webhook). */
export function sendGridEventsUrl(baseUrl: string, owner: Pick<WebhookRegistration, 'companyId' | 'projectId'>): string {
  return projectUrl(baseUrl, PATH, owner).href;
}

/**
 * SendGrid's event webhook: batches of events, each with the `custom_args` of its mail. Events of mails that others
 * sent are left out.
 */
export const sendGridEventWebhook = {
  path: PATH,
  largestBody: LARGEST_BATCH,
  claim: ({ [WEBHOOK_QUERY.company]: companyId = '', [WEBHOOK_QUERY.project]: projectId = '' }) => ({
    companyId,
    projectId,
    channel: 'email',
  }),
  check: checkSendGridSignature,
  read: ({ body }) => {
    const batch = parse(body);
    if (!Array.isArray(batch)) return undefined;
    const read = batch.map((entry) => {
      const parsed = event.safeParse(entry);
      return { receipts: parsed.success ? readReceipt(parsed.data) : [], unnamed: readUnnamed(entry) };
    });
    return {
      kind: 'receipts',
      receipts: read.flatMap(({ receipts }) => receipts),
      unnamed: read.flatMap(({ unnamed }) => unnamed),
      ignored: read.filter(({ receipts, unnamed }) => receipts.length + unnamed.length === 0).length,
    };
  },
  // SendGrid reads the status alone.
  taken: { status: 204, headers: {}, body: '' },
  document: {
    operationId: 'takeSendGridEvents',
    summary: 'SendGrid reports what became of mails',
    query: [WEBHOOK_QUERY.company, WEBHOOK_QUERY.project],
    headers: {
      'X-Twilio-Email-Event-Webhook-Signature':
        'ECDSA over timestamp and body, with the key of the company that the query names.',
      'X-Twilio-Email-Event-Webhook-Timestamp': 'Seconds since 1970; part of what is signed.',
    },
    body: 'array',
  },
} satisfies VendorWebhook;

/**
 * A mail system may take a mail and return it later; that bounce has neither the mail's arguments nor its identifier.
 * An event with an identifier and without our arguments is of a mail that others sent.
 */
function readUnnamed(entry: unknown): readonly UnnamedReceipt[] {
  const parsed = returned.safeParse(entry);
  if (!parsed.success || parsed.data.sg_message_id !== '') return [];
  const { email: recipient, ...mail } = parsed.data;
  const failure = readFailure(mail);
  return [{ recipient, status: 'undelivered', ...(failure ? { failure } : {}) }];
}

function readReceipt(mail: MailEvent): readonly Receipt[] {
  const status = Object.hasOwn(DELIVERY, mail.event) ? DELIVERY[mail.event] : undefined;
  if (!status) return [];
  const failure = readFailure(mail);
  const optedOut = OPT_OUTS.includes(mail.event) || failure?.reason === 'recipient_opted_out';
  const vendorMessageId = messageId(mail.sg_message_id);
  return [{
    conversationId: mail[WEBHOOK_QUERY.conversation],
    attemptId: mail[WEBHOOK_QUERY.attempt],
    ...(vendorMessageId ? { vendorMessageId } : {}),
    status,
    ...(failure ? { failure } : {}),
    ...(optedOut ? { optOutEvent: mail.sg_event_id || `${mail.event}-${mail.sg_message_id}` } : {}),
  }];
}

/** The detail is a word of SendGrid's own lists; its free texts may hold addresses. */
function readFailure(mail: Pick<MailEvent, 'event' | 'reason' | 'type' | 'bounce_classification'>): Receipt['failure'] {
  if (mail.event === 'dropped') {
    if (DROPPED_OPT_OUTS.includes(mail.reason)) {
      return { reason: 'recipient_opted_out', detail: `dropped: ${mail.reason}` };
    }
    if (DROPPED_UNREACHABLE.includes(mail.reason)) {
      return { reason: 'recipient_unreachable', detail: `dropped: ${mail.reason}` };
    }
    return { reason: 'vendor_refused', detail: 'dropped' };
  }
  if (mail.event !== 'bounce') return undefined;
  const { bounce_classification: classification } = mail;
  if (Object.hasOwn(BOUNCES, classification)) {
    return { reason: BOUNCES[classification] ?? 'vendor_refused', detail: `bounce: ${classification}` };
  }
  const isBlock = mail.type === 'blocked';
  return {
    reason: isBlock ? 'recipient_unavailable' : 'recipient_unreachable',
    detail: isBlock ? 'bounce: blocked' : 'bounce',
  };
}

/** `X-Message-Id`, as the send was answered with; an event adds to it who processed the mail. */
function messageId(eventsId: string): string {
  return eventsId.replace(/\.(?:recvd|filterdrecv|stfilter|filter)[-\d].*$/, '');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
