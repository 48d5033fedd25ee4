import { CHANNELS } from '../core/channel';
import { WEBHOOK_PATHS, WEBHOOK_QUERY } from '../core/contract/webhook-paths';
import type { Json } from './json';
import { refusals } from './refusals';

const TWILIO_SIGNATURE = 'HMAC-SHA1 of the address and the parameters, with the auth token of the company that the query names.';
const SENDGRID_SIGNATURE = 'ECDSA over timestamp and body, with the key of the company that the query names.';
const NOTHING = { 204: { description: 'Taken.' } };

/** What vendors call. Clients have no use for it; it is here so that every way into the engine is written down. */
export function webhookPaths(): Record<string, Json> {
  return {
    [WEBHOOK_PATHS.twilioStatus]: webhook({
      operationId: 'takeTwilioStatus',
      summary: 'Twilio tells what became of a message',
      query: [WEBHOOK_QUERY.conversation, WEBHOOK_QUERY.attempt],
      headers: { 'X-Twilio-Signature': TWILIO_SIGNATURE },
      content: { 'application/x-www-form-urlencoded': { schema: form('MessageSid', 'MessageStatus') } },
      responses: NOTHING,
    }),
    [WEBHOOK_PATHS.twilioInbound]: webhook({
      operationId: 'takeTwilioInbound',
      summary: 'Twilio tells what a person has written',
      query: [WEBHOOK_QUERY.company, WEBHOOK_QUERY.project, WEBHOOK_QUERY.channel],
      headers: { 'X-Twilio-Signature': TWILIO_SIGNATURE },
      content: { 'application/x-www-form-urlencoded': { schema: form('MessageSid', 'From', 'To', 'Body') } },
      responses: { 200: { description: 'Taken; TwiML that answers nothing.', content: { 'text/xml': { schema: { type: 'string' }, example: '<Response/>' } } } },
    }),
    [WEBHOOK_PATHS.sendgridEvents]: webhook({
      operationId: 'takeSendGridEvents',
      summary: 'SendGrid tells what became of mails',
      query: [WEBHOOK_QUERY.company, WEBHOOK_QUERY.project],
      headers: { 'X-Twilio-Email-Event-Webhook-Signature': SENDGRID_SIGNATURE, 'X-Twilio-Email-Event-Webhook-Timestamp': 'Seconds since 1970; part of what is signed.' },
      content: { 'application/json': { schema: { type: 'array', items: { type: 'object', additionalProperties: true } } } },
      responses: NOTHING,
    }),
  };
}

interface Webhook {
  readonly operationId: string;
  readonly summary: string;
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Json;
  readonly responses: Json;
}

function webhook({ operationId, summary, query, headers, content, responses }: Webhook): Json {
  return {
    post: {
      operationId,
      tags: ['Vendors'],
      summary,
      description: 'For vendors alone: a signature proves who calls. A forged call, one for nobody and one that cannot be checked are answered alike.',
      security: [],
      parameters: [
        ...query.map((name) => ({ name, in: 'query', required: true, schema: name === WEBHOOK_QUERY.channel ? { enum: CHANNELS.filter((channel) => channel !== 'email') } : { type: 'string' } })),
        ...Object.entries(headers).map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } })),
      ],
      requestBody: { required: true, content },
      responses: { ...responses, ...refusals(['FORBIDDEN', 'RATE_LIMIT_EXCEEDED', 'INTERNAL_ERROR']) },
    },
  };
}

function form(...fields: readonly string[]): Json {
  return { type: 'object', required: fields, properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])), additionalProperties: { type: 'string' } };
}
