import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { ServedWebhook, WebhookAnswer, WebhookDocument } from '../core/ports/receipt';
import { WEBHOOKS } from '../providers/vendors';
import type { Json } from './json';
import { refusals } from './refusals';

/** What vendors call. Clients have no use for it; it is here so that every way into the engine is written down. */
export function webhookPaths(): Record<string, Json> {
  return Object.fromEntries(WEBHOOKS.map((served) => [served.webhook.path, operation(served)]));
}

function operation({ webhook: { document, taken }, channels }: ServedWebhook): Json {
  const { operationId, summary, query, headers, body } = document;
  const schemaOf = (name: string) => (name === WEBHOOK_QUERY.channel ? { enum: channels } : { type: 'string' });
  return {
    post: {
      operationId,
      tags: ['Vendors'],
      summary,
      description:
        'For vendors alone: a signature proves who calls. A forged call, a call for an unknown company and a call '
          + 'that cannot be checked get the same answer.',
      security: [],
      parameters: [
        ...query.map((name) => ({ name, in: 'query', required: true, schema: schemaOf(name) })),
        ...Object.entries(headers).map(([name, description]) => ({
          name,
          in: 'header',
          required: true,
          description,
          schema: { type: 'string' },
        })),
      ],
      requestBody: { required: true, content: contentOf(body) },
      responses: { ...takenResponse(taken), ...refusals(['FORBIDDEN', 'RATE_LIMIT_EXCEEDED', 'INTERNAL_ERROR']) },
    },
  };
}

function contentOf(body: WebhookDocument['body']): Json {
  if (body === 'array') {
    return { 'application/json': { schema: { type: 'array', items: { type: 'object', additionalProperties: true } } } };
  }
  if ('multipart' in body) return { 'multipart/form-data': { schema: form(...body.multipart) } };
  return { 'application/x-www-form-urlencoded': { schema: form(...body.form) } };
}

function takenResponse({ status, body }: WebhookAnswer): Json {
  if (body === '') return { [status]: { description: 'Taken.' } };
  return {
    [status]: {
      description: 'Taken; TwiML that answers nothing, or confirms by WhatsApp that no more messages come.',
      content: { 'text/xml': { schema: { type: 'string' }, example: body } },
    },
  };
}

function form(...fields: readonly string[]): Json {
  return {
    type: 'object',
    required: fields,
    properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
    additionalProperties: { type: 'string' },
  };
}
