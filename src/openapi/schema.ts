import * as z from 'zod/mini';
import { CHANNEL_DEFINITIONS, CHANNELS } from '../core/channel';
import {
  FACT_NAME_LIMIT,
  FACT_TEXT_LIMIT,
  LARGEST_NUMBER,
  SMALLEST_NUMBER,
} from '../core/contract/request';
import {
  acknowledgedSchema, acknowledgeOrderSchema, ownerAnswerSchema, replyAcceptedSchema, replyOrderSchema,
} from '../client-replies/reply-answers';
import {
  endpointAddedSchema, endpointRemovedSchema, endpointsSchema, endpointTestedSchema, eventReplayedSchema, eventsSchema,
  newEndpointSchema, replayOrderSchema, secretRotatedSchema,
} from '../event-api/event-answers';
import { EVENT_SCHEMAS } from '../events/event-schema';
import { dryRunAnswerSchema } from '../dry-run/dry-run-answer';
import { conversationAnswerSchema } from '../reader/conversation-answer';
import { messagesAnswerSchema } from '../reader/messages-answer';
import { templatesAnswerSchema } from '../reader/template-answer';
import { acceptedSchema, refusedSchema } from '../router/answer-schema';
import { requestSchema } from '../router/request-schema';
import { FIELD_DESCRIPTIONS } from './field-descriptions';
import type { Json } from './json';
import { isJson } from './json';

/** The schemas by which router and reader read and write, as the document's components. */
export function componentSchemas(): Record<string, Json> {
  return {
    ConversationRequest: {
      ...withFacts(describedSchema('ConversationRequest', requestSchema)),
      allOf: CHANNELS.map(neededAddress),
      ...OPEN,
    },
    Fact: FACT,
    AcceptedRequest: describedSchema('AcceptedRequest', acceptedSchema),
    Conversation: describedSchema('Conversation', conversationAnswerSchema),
    NewReply: describedSchema('NewReply', replyOrderSchema),
    ReplyAccepted: describedSchema('ReplyAccepted', replyAcceptedSchema),
    ConversationOwner: describedSchema('ConversationOwner', ownerAnswerSchema),
    RepliesDealtWith: describedSchema('RepliesDealtWith', acknowledgeOrderSchema),
    RepliesAcknowledged: describedSchema('RepliesAcknowledged', acknowledgedSchema),
    Messages: describedSchema('Messages', messagesAnswerSchema),
    DryRun: describedSchema('DryRun', dryRunAnswerSchema),
    Templates: describedSchema('Templates', templatesAnswerSchema),
    NewEndpoint: describedSchema('NewEndpoint', newEndpointSchema),
    EndpointAdded: describedSchema('EndpointAdded', endpointAddedSchema),
    Endpoints: describedSchema('Endpoints', endpointsSchema),
    EndpointRemoved: describedSchema('EndpointRemoved', endpointRemovedSchema),
    SecretRotated: describedSchema('SecretRotated', secretRotatedSchema),
    EndpointTested: describedSchema('EndpointTested', endpointTestedSchema),
    Events: withEvents(describedSchema('Events', eventsSchema)),
    ReplayOrder: describedSchema('ReplayOrder', replayOrderSchema),
    EventReplayed: describedSchema('EventReplayed', eventReplayedSchema),
    ...Object.fromEntries(
      Object.entries(EVENT_SCHEMAS).map(([name, schema]) => [name, describedSchema(name, schema)]),
    ),
    Refusal: describedSchema('Refusal', refusedSchema),
  };
}

/** A value of `project_data`: what the router takes of it besides its depth and its size as a whole. */
const FACT: Json = {
  description: 'Any JSON value within these bounds. A longer or more exact number is sent as text.',
  anyOf: [
    { type: 'string', maxLength: FACT_TEXT_LIMIT },
    { type: 'number', minimum: SMALLEST_NUMBER, maximum: LARGEST_NUMBER },
    { type: 'number', minimum: -LARGEST_NUMBER, maximum: -SMALLEST_NUMBER },
    { type: 'number', const: 0 },
    { type: 'boolean' },
    { type: 'null' },
    { type: 'array', items: { $ref: '#/components/schemas/Fact' } },
    { type: 'object', ...factsByName() },
  ],
};

function factsByName(): Json {
  return {
    propertyNames: { minLength: 1, maxLength: FACT_NAME_LIMIT },
    additionalProperties: { $ref: '#/components/schemas/Fact' },
  };
}

function withFacts(request: Json): Json {
  const { properties } = request;
  if (!isJson(properties) || !isJson(properties.project_data)) return request;
  return { ...request, properties: { ...properties, project_data: { ...properties.project_data, ...factsByName() } } };
}

/** Each event of a page is one of those that are delivered. */
function withEvents(page: Json): Json {
  const { properties } = page;
  if (!isJson(properties) || !isJson(properties.events)) return page;
  const items = { oneOf: Object.keys(EVENT_SCHEMAS).map((name) => ({ $ref: `#/components/schemas/${name}` })) };
  return { ...page, properties: { ...properties, events: { ...properties.events, items } } };
}

/** A schema as what is sent over the wire, every field with its description. */
export function describedSchema(name: string, schema: z.core.$ZodType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return described(json, name, '');
}

/** Unknown fields are ignored, so no part of a schema forbids them. */
const OPEN = { unevaluatedProperties: true };

/** What the router checks beside the fields: each channel needs an address of its own kind. */
function neededAddress(channel: (typeof CHANNELS)[number]): Json {
  const { requestField } = CHANNEL_DEFINITIONS[channel].address;
  return {
    if: {
      required: ['request_data'],
      properties: {
        request_data: { required: ['channel_method'], properties: { channel_method: { const: channel } }, ...OPEN },
      },
      ...OPEN,
    },
    then: {
      properties: {
        recipient_data: { required: [requestField], properties: { [requestField]: { type: 'string' } }, ...OPEN },
      },
      ...OPEN,
    },
  };
}

function described(schema: Json, name: string, path: string): Json {
  const description = FIELD_DESCRIPTIONS[name]?.[path];
  if (description === undefined) {
    throw new Error(
      `Describing the API failed: ${name} has no description of "${path}". Add one to `
        + 'src/openapi/field-descriptions.ts.',
    );
  }
  return { ...within(schema, name, path), description };
}

/** A schema's inner fields described; what clients need not read is left out. */
function within(schema: Json, name: string, path: string): Json {
  const { propertyNames: _names, properties, items, pattern, additionalProperties, anyOf, ...rest } = schema;
  const under = (child: string) => (path === '' ? child : `${path}.${child}`);
  return {
    ...rest,
    // A moment's pattern says no more than its format, in four hundred characters.
    ...(typeof pattern === 'string' && rest.format !== 'date-time' && { pattern: portable(pattern) }),
    ...(additionalProperties === false && { additionalProperties }),
    ...(isJson(additionalProperties) && { additionalProperties: valuesOf(additionalProperties, name, under('*')) }),
    ...(isJson(properties) && {
      properties: eachField(properties, (field, value) => described(value, name, under(field))),
    }),
    ...(isJson(items) && { items: within(items, name, `${path}[]`) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map((one: unknown) => (isJson(one) ? within(one, name, path) : one)) }),
  };
}

/** Values of fields of any name: described where they are objects of one form. */
function valuesOf(schema: Json, name: string, path: string): Json | true {
  return isJson(schema.properties) ? within(schema, name, path) : true;
}

function eachField(properties: Json, change: (field: string, value: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([field, value]) => [field, isJson(value) ? change(field, value) : value]),
  );
}

/** Names of groups are spelled differently from language to language, and no check needs them. */
function portable(pattern: string): string {
  return pattern.replace(/\(\?<\w+>/g, '(');
}
