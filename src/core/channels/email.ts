import * as z from 'zod/mini';
import { EMAIL_ADDRESS } from './address-form';
import type { ChannelDefinition, FilledTexts, TextRules } from './channel-definition';
import { TEMPLATE_BASE, text } from './template-base';

/** Subject, text and optionally HTML with named variables; values are escaped in HTML. */
const fields = { ...TEMPLATE_BASE, subject: text, text, html: z.optional(text) };

type EmailTemplate = z.infer<z.ZodMiniObject<typeof fields>>;

export interface FilledEmail extends FilledTexts {
  readonly subject: string;
  readonly html?: string;
}

/** The domain whose mail SendGrid parses for the company: replies are heard there, and nothing else may be received. */
const inboundDomain = z.string().check(
  z.maxLength(180, 'must be at most 180 characters'),
  z.regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'must be a domain in lower case'),
);

/** Characters of a subject: RFC 5322 allows a line of 998, mail programs show far fewer. */
const LONGEST_SUBJECT = 255;

/** Characters of a mail that a person writes. */
const LONGEST_REPLY = 20_000;

const rules: TextRules<EmailTemplate, FilledEmail> = {
  modelRule:
    'The message goes by e-mail. Values are plain text without HTML, Markdown or formatting; a value for the '
      + 'subject is one line.',
  mayBeEmpty: true,
  plain: (value) => value,
  texts: ({ subject, text: plain, html }) => ({ subject, text: plain, ...(html === undefined ? {} : { html }) }),
  valueFaults: () => [],
  messageFaults: (_template, { subject }) => [
    ...(subject.trim() === '' ? (['subject_empty'] as const) : []),
    ...(subject.length > LONGEST_SUBJECT ? (['subject_too_long'] as const) : []),
    // A subject must not begin another header.
    ...(/[\r\n\t\v\f\u0085\u2028\u2029]/u.test(subject) ? (['line_break'] as const) : []),
  ],
  templateFaults: () => [],
  fill: (_template, { subject = '', text: plain = '', html }) => ({
    subject,
    text: plain,
    ...(html === undefined ? {} : { html }),
  }),
  parts: () => 1,
  mostParts: () => 1,
};

export const email: ChannelDefinition<EmailTemplate, FilledEmail, 'sendgrid'> = {
  vendor: 'sendgrid',
  address: EMAIL_ADDRESS,
  senderField: 'company_email',
  settings: { inbound_domain: z.optional(inboundDomain) },
  hasReplyAddresses: true,
  confirmsStops: true,
  senderKinds: ['mail'],
  template: z.looseObject(fields),
  templateFields: Object.keys(fields),
  replyBurst: { quiet_seconds: 60, longest_seconds: 300 },
  readAtOnce: { messages: 5, characters: 8_000 },
  engineReplies: { perHour: 2, perDay: 6, inARow: 2 },
  loopSigns: { sameText: 2, quickAnswers: 2 },
  freeText: {
    limit: LONGEST_REPLY,
    fill: (words, subject) => ({ text: words, subject }),
    template: (head, words, subject) => ({ ...head, subject, text: words }),
  },
  failsAfterDelivery: true,
  text: rules,
};
