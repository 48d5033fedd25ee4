import * as z from 'zod/mini';
import { projectUrl, WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { VendorWebhook } from '../core/ports/receipt';
import type { WebhookRegistration } from '../core/ports/vendor';
import { formFields } from './form-fields';
import { checkInboundSignature } from './sendgrid-signature';

const PATH = '/webhooks/sendgrid/inbound';

/** Bytes of a mail that a function can be given: Lambda takes 6 MB, of which the gateway's encoding uses a quarter. */
const LARGEST_MAIL = 4_700_000;

const envelopeShape = z.object({ to: z.catch(z.array(z.string()), []), from: z.catch(z.string(), '') });

/** The URL that an operator enters at SendGrid (Settings, Inbound Parse), with "POST the raw, full MIME message". */
export function sendGridInboundUrl(baseUrl: string, owner: Pick<WebhookRegistration, 'companyId' | 'projectId'>): string {
  return projectUrl(baseUrl, PATH, owner).href;
}

/** SendGrid's Inbound Parse: each mail to the company's inbound domain, as its sender's mail system wrote it. */
export const sendGridInboundWebhook: VendorWebhook = {
  path: PATH,
  largestBody: LARGEST_MAIL,
  claim: ({ [WEBHOOK_QUERY.company]: companyId = '', [WEBHOOK_QUERY.project]: projectId = '' }) => ({
    companyId,
    projectId,
    channel: 'email',
  }),
  check: checkInboundSignature,
  read: async ({ bytes, body, headers }) => {
    const fields = await formFields(bytes ?? Buffer.from(body, 'utf8'), headers['content-type'] ?? '');
    const content = fields?.get('email');
    if (content === undefined) return undefined;
    const envelope = readEnvelope(fields?.get('envelope') ?? '');
    const ends = envelope ? { recipients: envelope.to, returnPath: envelope.from } : { recipients: [] };
    return { kind: 'mail', mail: { content: Buffer.from(content, 'latin1'), ...ends } };
  },
  isRare: true,
  // Sent apart instead of whole, by its setting: SendGrid sends it again for three days, until the setting is right.
  unread: { status: 500, headers: {}, body: '' },
  // After a 4xx it drops the mail at once.
  isLostIfRefused: true,
  // SendGrid reads the status alone.
  taken: { status: 200, headers: {}, body: '' },
  document: {
    operationId: 'takeSendGridInbound',
    summary: 'SendGrid hands over what a person has written by e-mail',
    query: [WEBHOOK_QUERY.company, WEBHOOK_QUERY.project],
    headers: {
      'X-Twilio-Email-Event-Webhook-Signature':
        'ECDSA over timestamp and body, with the key of the security policy of the company that the query names.',
      'X-Twilio-Email-Event-Webhook-Timestamp': 'Seconds since 1970; part of what is signed.',
    },
    body: { multipart: ['email', 'envelope'] },
  },
};

function readEnvelope(text: string): z.infer<typeof envelopeShape> | undefined {
  try {
    const parsed = envelopeShape.safeParse(JSON.parse(Buffer.from(text, 'latin1').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
