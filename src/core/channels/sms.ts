import * as z from 'zod/mini';
import { TELEPHONE_NUMBER } from './address-form';
import type { ChannelDefinition, FilledTexts, TextRules } from './channel-definition';
import { countSegments } from './sms-segments';
import { positive, TEMPLATE_BASE, text } from './template-base';

/** Body with named variables, `{{first_name}}`. */
const fields = {
  ...TEMPLATE_BASE,
  body: text,
  /** Segments that a message may cost at most. Default 3. */
  max_segments: z.optional(positive),
};

type SmsTemplate = z.infer<z.ZodMiniObject<typeof fields>>;

export interface FilledSms extends FilledTexts {
  readonly segments: number;
}

const DEFAULT_SEGMENTS = 3;
/** Carriers and their vendors take no longer body. */
const LONGEST_BODY = 1_600;

/** Typographic characters outside GSM-7 that would more than double the cost, and what stands for them. */
const PLAIN: ReadonlyArray<readonly [RegExp, string]> = [
  [/[\u2018\u2019\u201A\u201B\u02BC]/gu, '\''],
  [/[\u201C\u201D\u201E\u201F\u00AB\u00BB]/gu, '"'],
  [/[\u2010-\u2015\u2212]/gu, '-'],
  [/\u2026/gu, '...'],
  [/(?! )\p{Zs}/gu, ' '],
];

function mostSegments({ max_segments: most = DEFAULT_SEGMENTS }: SmsTemplate): number {
  return most;
}

const rules: TextRules<SmsTemplate, FilledSms> = {
  modelRule:
    'The message goes by SMS, where length costs money. Write short values in plain characters: no emoji, no '
      + 'typographic quotes or dashes.',
  mayBeEmpty: true,
  plain: (value) => PLAIN.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), value),
  texts: ({ body }) => ({ body }),
  valueFaults: () => [],
  messageFaults: (from, filled) => [
    ...(countSegments(filled.text) > mostSegments(from) ? (['too_many_segments'] as const) : []),
    ...(filled.text.length > LONGEST_BODY ? (['text_too_long'] as const) : []),
  ],
  templateFaults: () => [],
  fill: (_template, { body = '' }) => ({ text: body, segments: countSegments(body) }),
  parts: ({ segments }) => segments,
  mostParts: mostSegments,
};

export const sms: ChannelDefinition<SmsTemplate, FilledSms, 'twilio'> = {
  vendor: 'twilio',
  address: TELEPHONE_NUMBER,
  senderField: 'company_sms_number',
  settings: {},
  hasReplyAddresses: false,
  confirmsStops: false,
  senderKinds: ['number', 'short code', 'service', 'name'],
  template: z.looseObject(fields),
  templateFields: Object.keys(fields),
  replyBurst: { quiet_seconds: 6, longest_seconds: 45 },
  readAtOnce: { messages: 20, characters: 8_000 },
  engineReplies: { perHour: 4, perDay: 12, inARow: 3 },
  loopSigns: { sameText: 3, quickAnswers: 4 },
  freeText: {
    limit: LONGEST_BODY,
    fill: (words) => ({ text: words, segments: countSegments(words) }),
    template: (head, words) => ({ ...head, body: words, max_segments: Math.max(1, countSegments(words)) }),
  },
  failsAfterDelivery: false,
  text: rules,
};
