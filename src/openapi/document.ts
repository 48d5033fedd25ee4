import { ENGINE_VERSION } from '../core/version';
import { cancelPath, conversationPath, NOUNS } from './conversation';
import { dryRunPath } from './dry-run';
import { messagesPath } from './messages';
import { eventPaths } from './event-paths';
import { eventWebhooks } from './event-webhooks';
import { replyPaths } from './replies';
import { templatesPath } from './templates';
import { initiateConversationPath } from './initiate-conversation';
import type { Json } from './json';
import { componentSchemas } from './schema';
import { selfPaths } from './self';
import { unsubscribePath } from './unsubscribe';
import { webhookPaths } from './webhooks';

const ABOUT = `Backend teams ask for one message to one person, by WhatsApp, SMS or e-mail. The engine fills the variables of a template that the
company had approved, proves every value against the facts of the request, and sends the message once.

This document is generated from the schemas that judge requests. Every answer that it names is compared with a running API.`;

const TAGS = [
  { name: 'Conversations', description: 'For clients' },
  { name: 'Events', description: 'What clients learn without asking' },
  { name: 'Recipients', description: 'For those who get the messages' },
  { name: 'Vendors', description: "For the vendors' own servers" },
  { name: 'Document', description: 'What the API says about itself' },
];

/** The API as an OpenAPI 3.1 document. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'AI Multi-Comms Engine',
      version: ENGINE_VERSION,
      summary: 'One approved, proved message to one person, sent once',
      description: ABOUT,
      contact: { name: 'The operator of your stage' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'https://{api}.execute-api.{region}.amazonaws.com/{stage}',
        description: "A deployed stage; its address is the stack's output ApiUrl",
        variables: {
          api: { default: 'a1b2c3d4e5', description: "Identifier of the stage's API" },
          region: { default: 'eu-west-1' },
          stage: { default: 'prod' },
        },
      },
      {
        url: 'http://127.0.0.1:{port}/dev',
        description: 'The stack on this machine (npx projen local)',
        variables: { port: { default: '3000' } },
      },
    ],
    tags: TAGS,
    paths: {
      '/initiate-conversation': initiateConversationPath(),
      ...Object.fromEntries(
        Object.entries(NOUNS).flatMap(([folder, noun]) => [
          [`/${folder}/{conversation_id}`, conversationPath(noun)],
          [`/${folder}/{conversation_id}/cancel`, cancelPath(noun)],
        ]),
      ),
      ...replyPaths(),
      '/messages': messagesPath(),
      '/dry-run': dryRunPath(),
      '/templates': templatesPath(),
      ...eventPaths(),
      ...unsubscribePath(),
      ...webhookPaths(),
      ...selfPaths(),
    },
    webhooks: eventWebhooks(),
    components: {
      securitySchemes: {
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: "One company's key; the operator hands it out.",
        },
      },
      headers: HEADERS,
      schemas: componentSchemas(),
    },
  };
}

const text = (description: string, more: Json = {}): Json => ({ description, schema: { type: 'string', ...more } });

const HEADERS: Json = {
  'Idempotency-Replayed': text('`true` where the same request had been accepted before; absent otherwise.', {
    enum: ['true'],
  }),
  'Retry-After': {
    ...text('Whole seconds after which the same request can be accepted.', { pattern: '^[1-9][0-9]*$' }),
    required: true,
  },
  'Cache-Control': text('`no-store`: the next answer may be another.', { enum: ['no-store'] }),
  'Public-Cache-Control': text('An hour: it changes with a release alone.', { enum: ['public, max-age=3600'] }),
  'Content-Security-Policy': text('The page may load nothing but its own style.'),
  'X-Content-Type-Options': text('`nosniff`.', { enum: ['nosniff'] }),
  'Referrer-Policy': text('`no-referrer`.', { enum: ['no-referrer'] }),
  'X-Robots-Tag': text('`noindex`.', { enum: ['noindex'] }),
  'Access-Control-Allow-Origin': text("`*`, or the page's origin where it is allowed; absent where it is not."),
  'Access-Control-Allow-Methods': text('What pages may call.'),
  'Access-Control-Allow-Headers': text('What pages may send.'),
  'Access-Control-Expose-Headers': text('What pages may read.'),
  'Vary': text('`Origin` where the answer depends on it.'),
};
