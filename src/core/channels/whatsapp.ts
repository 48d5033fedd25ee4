import * as z from 'zod/mini';
import { TELEPHONE_NUMBER } from './address-form';
import type { ChannelDefinition, FilledTexts, TemplateFinding, TextRules } from './channel-definition';
import { TEMPLATE_BASE, text } from './template-base';

/** Body with `{{1}}`, `{{2}}` …, as Meta approved it. */
const fields = { ...TEMPLATE_BASE, body: text };

type WhatsappTemplate = z.infer<z.ZodMiniObject<typeof fields>>;

export interface FilledWhatsapp extends FilledTexts {
  readonly variables: Readonly<Record<string, string>>;
  /** Words of a person's own, which go as they are: only a chat that the recipient has opened takes them. */
  readonly session?: true;
}

/** Characters of a filled text and of one value, variables, characters of a variable's name. */
const LIMITS = { text: 1_024, value: 1_600, variables: 100, name: 16 } as const;

const rules: TextRules<WhatsappTemplate, FilledWhatsapp> = {
  modelRule:
    'The message goes by WhatsApp. Each value is one line without line breaks, tabs, lists or formatting, and never '
      + 'empty.',
  mayBeEmpty: false,
  plain: (value) => value,
  texts: ({ body }) => ({ body }),
  // Meta refuses line breaks, tabs and long runs of spaces in a variable; Twilio refuses an empty one.
  valueFaults: (value) => [
    ...(value === '' ? (['empty'] as const) : []),
    ...(value.length > LIMITS.value ? (['too_long'] as const) : []),
    ...(/[\n\t\v\f\r\u0085\u2028\u2029]/u.test(value) ? (['line_break'] as const) : []),
    ...(/\s{5,}/u.test(value) ? (['space_run'] as const) : []),
  ],
  messageFaults: (_template, filled) => (filled.text.length > LIMITS.text ? ['text_too_long'] : []),
  templateFaults: ({ variables }) => {
    const names = Object.keys(variables);
    const tooLong = names.filter((name) => name.length > LIMITS.name);
    return [
      ...(names.length > LIMITS.variables ? [{ place: 'template', fault: 'too_many_variables' } as const] : []),
      ...tooLong.map((place): TemplateFinding => ({ place, fault: 'bad_name' })),
    ];
  },
  fill: ({ variables }, { body = '' }, values) => ({
    text: body,
    variables: Object.fromEntries([...values].filter(([name]) => Object.hasOwn(variables, name))),
  }),
  parts: () => 1,
  mostParts: () => 1,
};

export const whatsapp: ChannelDefinition<WhatsappTemplate, FilledWhatsapp, 'twilio'> = {
  vendor: 'twilio',
  address: TELEPHONE_NUMBER,
  senderField: 'company_whatsapp_number',
  settings: {
    /** Asks whether the conversation may go on, where WhatsApp has closed the chat to free words after 24 hours. */
    reopen_template: z.optional(z.looseObject(fields)),
  },
  hasReplyAddresses: false,
  confirmsStops: true,
  senderKinds: ['number', 'service'],
  template: z.looseObject(fields),
  templateFields: Object.keys(fields),
  approvalField: 'content_sid',
  replyBurst: { quiet_seconds: 6, longest_seconds: 45 },
  readAtOnce: { messages: 20, characters: 8_000 },
  engineReplies: { perHour: 4, perDay: 12, inARow: 3 },
  loopSigns: { sameText: 3, quickAnswers: 4 },
  freeText: {
    limit: LIMITS.value,
    // A message of the open chat, not a template.
    fill: (words) => ({ text: words, variables: {}, session: true }),
    template: (head, words) => ({ ...head, body: words }),
  },
  failsAfterDelivery: false,
  text: rules,
};
