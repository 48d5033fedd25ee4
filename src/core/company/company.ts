import * as z from 'zod/mini';
import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS, CHANNELS, ofEachChannel } from '../channel';
import { positive, text } from '../channels/template-base';
import { A_PROJECT_FACT, PROJECT_FACT } from '../contract/fact-path';
import { assistantSchema } from './assistant';
import { channelAccess, partOf } from './channel-access';
import type { Checked } from './check-schema';
import { checkSchema } from './check-schema';
import { contentFaults } from './content-faults';
import { replySettings } from './reply-settings';
import type { ChannelTemplate } from './template';

/** Used where the record names no model: the vendor's replacement for the small models of the Assistants time. */
export const DEFAULT_MODEL = 'gpt-6-luna';

/** Lists arrive as JSON arrays or as DynamoDB string sets, depending on the tool that wrote the record. */
const words = z.pipe(z.union([z.array(z.string()), z.set(z.string())]), z.transform((list) => [...list]));
const limit = z.optional(z.nullable(positive));

/**
 * How the model is reached: by an API key of the company's, in a secret, or by the role of the function that asks,
 * which needs no secret. The vendor that answers decides which of the two it takes.
 */
export type ModelAccess = { readonly kind: 'key'; readonly secretId: string } | { readonly kind: 'role' };

/** Whose model fills the variables; a new one is a word here, a section of `ai_config` and an adapter in src/ai. */
export const MODEL_PROVIDERS = ['openai'] as const;
export type ModelProvider = (typeof MODEL_PROVIDERS)[number];

/** How long a model that thinks may think before it answers. */
export const REASONING_EFFORTS = ['minimal', 'low', 'medium', 'high'] as const;

const modelSettings = z.object({
  api_key_reference: text,
  model: z._default(text, DEFAULT_MODEL),
  instructions: text,
  reasoning_effort: z.optional(z.enum(REASONING_EFFORTS)),
  /** The model that reads values once more (`second_reader` of the template); absent: the same one. */
  second_reader_model: z.optional(text),
});

const price = z.number().check(z.nonnegative());

/** What a month may cost, and what things cost, all in one currency (ISO 4217). A price that is left out is nothing. */
const budgetSchema = z.object({
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  monthly_limit: z.number().check(z.positive()),
  prices: z.object({
    tokens_in_per_1000: z._default(price, 0),
    tokens_out_per_1000: z._default(price, 0),
    /** A message, by sms a segment of one. */
    messages: z.object(ofEachChannel(() => z._default(price, 0))),
  }),
});

/**
 * Days that a company's idempotency records and conversations are kept: at least as long as vendors report and people
 * ask.
 */
export const RETENTION_DAYS = { least: 7, most: 3650 } as const;

/** The part of a record that every request needs, whatever its channel. */
const projectSchema = z.object({
  company_id: text,
  project_id: text,
  company_name: text,
  project_name: text,
  project_status: z.enum(['active', 'inactive']),
  allowed_channels: words,
  company_rep: z._default(z.record(z.string(), z.nullable(z.string())), {}),
  rate_limits: z._default(
    z.object({
      requests_per_minute: limit,
      requests_per_day: limit,
      /** Accepted and not yet terminal; counted up to 1,000 (core/usage.ts). */
      concurrent_conversations: limit,
      max_message_length: limit,
    }),
    {},
  ),
  budget: z.optional(budgetSchema),
  /** Absent: the stage's. */
  retention_days: z.optional(
    z.number().check(z.int(), z.minimum(RETENTION_DAYS.least), z.maximum(RETENTION_DAYS.most)),
  ),
  /**
   * Dotted paths of facts that strangers write (a CV, a review): they prove no amount, percentage, contact or demand,
   * and
   * instructions in them are taken out instead of holding the message.
   */
  untrusted: z._default(z.array(z.string().check(z.regex(PROJECT_FACT, A_PROJECT_FACT))), []),
  auto_queue_initial_message: z._default(z.boolean(), false),
  auto_queue_initial_message_from_number: z._default(words, []),
  auto_queue_initial_message_from_email: z._default(words, []),
  auto_queue_reply_message: z._default(z.boolean(), false),
  auto_queue_reply_message_from_number: z._default(words, []),
  auto_queue_reply_message_from_email: z._default(words, []),
  ...replySettings,
});

/** What one channel needs of the record: who sends, with which secret, which template, which model. */
function channelSchema<Known extends Channel>(channel: Known) {
  const { senderField, template, settings } = CHANNEL_DEFINITIONS[channel];
  const sending = z.object({
    [senderField]: text,
    [`${channel}_credentials_id`]: text,
    template,
    /** Reminds a recipient who gave no answer (`remind_after_minutes`). */
    reminder_template: z.optional(template),
    ...settings,
  });
  return z.object({
    ai_config: z.object({ openai_config: z.object({ [channel]: modelSettings }) }),
    channel_config: z.object({ [channel]: sending }),
  });
}

/** The schemas of a record, for tools that have to know which fields there are. */
export const COMPANY_SCHEMAS: {
  readonly project: z.core.$ZodType;
  readonly assistant: z.core.$ZodType;
  readonly channels: Readonly<Record<Channel, z.core.$ZodType>>;
} = {
  project: projectSchema,
  assistant: assistantSchema,
  channels: ofEachChannel(channelSchema),
};

export type Project = z.infer<typeof projectSchema>;
export interface ModelSettings {
  readonly provider: ModelProvider;
  readonly access: ModelAccess;
  readonly model: string;
  readonly instructions: string;
  readonly second_reader_model?: string | undefined;
  readonly reasoning_effort?: (typeof REASONING_EFFORTS)[number] | undefined;
}

/** The secret that the model's key stands in; undefined where no key is needed. */
export function modelSecretId({ access }: Pick<ModelSettings, 'access'>): string | undefined {
  switch (access.kind) {
    case 'key':
      return access.secretId;
    case 'role':
      return undefined;
  }
}

/** What one channel of a project sends with. */
export interface ChannelSettings {
  readonly sender: string;
  readonly credentialsId: string;
  /** The domain that replies to its messages go to; absent where the channel has none. */
  readonly inboundDomain?: string;
  readonly model: ModelSettings;
  readonly content: ChannelTemplate;
  /** The template that reminds of it; absent: nobody is reminded. */
  readonly reminder?: ChannelTemplate | undefined;
  /** The template that goes where the channel has closed the chat to free words; absent: none does. */
  readonly reopening?: ChannelTemplate | undefined;
}

/** Checks the part of a company record that does not depend on the channel. */
export function parseProject(record: Readonly<Record<string, unknown>>): Checked<Project> {
  // Records of the old engine hold null where a section was left empty, and may name one representative as a text.
  const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  const { company_rep: representative } = given;
  const company_rep = typeof representative === 'string' ? { company_rep_1: representative } : representative;
  return checkSchema(projectSchema, { ...given, company_rep });
}

/** Checks what one channel needs; every missing field is named at once. */
export function parseChannelSettings(
  record: Readonly<Record<string, unknown>>,
  channel: Channel,
): Checked<ChannelSettings> {
  const checked = checkSchema(COMPANY_SCHEMAS.channels[channel], record);
  const access = channelAccess(record, channel);
  const model = z.safeParse(modelSettings, partOf(record, 'ai_config', 'openai_config', channel));
  const content = contentOf(channel, partOf(record, 'channel_config', channel, 'template'));
  const reminder = contentOf(channel, partOf(record, 'channel_config', channel, 'reminder_template'));
  const closesChats = Object.hasOwn(CHANNEL_DEFINITIONS[channel].settings, 'reopen_template');
  const reopening = closesChats
    ? contentOf(channel, partOf(record, 'channel_config', channel, 'reopen_template'))
    : undefined;
  // The parts can be read where the whole can.
  const faults = [
    ...(checked.valid ? [] : checked.faults),
    ...(content ? contentFaults({ content, reminder, reopening, sender: access?.sender }) : []),
  ];
  if (faults.length > 0 || !access || !model.success || !content) return { valid: false, faults };
  const { api_key_reference: secretId, ...settings } = model.data;
  return {
    valid: true,
    value: {
      sender: access.sender,
      credentialsId: access.credentialsId,
      ...(access.inboundDomain === undefined ? {} : { inboundDomain: access.inboundDomain }),
      model: { provider: 'openai', access: { kind: 'key', secretId }, ...settings },
      content,
      reminder,
      reopening,
    },
  };
}

function contentOf<Known extends Channel>(channel: Known, value: unknown): ChannelTemplate<Known> | undefined {
  const parsed = z.safeParse(CHANNEL_DEFINITIONS[channel].template, value);
  return parsed.success ? { channel, template: parsed.data } : undefined;
}

/** Channels that the record allows and that this engine knows; unknown words are ignored, as the old engine did. */
export function allowedChannels(project: Project): readonly Channel[] {
  return CHANNELS.filter((channel) => project.allowed_channels.includes(channel));
}
