import * as z from 'zod/mini';

const text = () => z.string();
const words = () => z.record(z.string(), z.string());

export const companyQuery = z.object({ company: z.string().check(z.minLength(1), z.maxLength(100)) });

/** Identifies a record in a path: a conversation's identifier, encoded. */
export const summary = {
  key: text(),
  conversationId: text(),
  companyName: text(),
  projectName: text(),
  channel: text(),
  recipient: text(),
};

export const heldSchema = z.object({
  ...summary,
  recipientName: text(),
  reason: text(),
  words: text(),
  detail: z.optional(text()),
  heldSince: text(),
  waitedSeconds: z.number(),
  overdue: z.boolean(),
  sendBefore: text(),
  verdicts: words(),
  unwritten: z.array(text()),
});

export const reviewsSchema = z.object({ waiting: z.array(heldSchema), more: z.boolean() });

/** A fact by its dotted path. */
export const factSchema = z.object({ path: text(), value: text() });

export const claimSchema = z.object({
  start: z.number(),
  end: z.number(),
  kind: text(),
  key: text(),
  fact: z.nullable(z.object({ path: text(), start: z.number(), end: z.number() })),
  rule: z.nullable(text()),
  why: z.optional(text()),
});

export const reviewItemSchema = z.object({
  held: heldSchema,
  texts: z.array(
    z.object({
      name: text(),
      segments: z.array(z.object({ text: text(), variable: z.optional(text()) })),
    }),
  ),
  variables: z.array(
    z.object({
      name: text(),
      description: text(),
      value: text(),
      verdict: z.optional(text()),
      editable: z.boolean(),
      longest: z.optional(z.number()),
      claims: z.array(claimSchema),
      flagged: z.boolean(),
    }),
  ),
  facts: z.array(factSchema),
  proof: z.object({
    outcome: z.enum(['proved', 'unwritten', 'unproved', 'company_record_incomplete']),
    faults: z.array(z.object({ variable: z.optional(text()), words: z.array(text()) })),
  }),
  shown: text(),
});

/** Values that a person wrote; no message of any channel takes more. */
export const editedValues = z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(10_000)));

/** What the person saw: the decision counts for that alone. */
const seen = {
  heldSince: z.string().check(z.maxLength(40)),
  shown: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
};
export const proofBody = z.object({ values: editedValues });
export const approveBody = z.object({ ...seen, values: editedValues });
export const rejectBody = z.object({ ...seen, note: z.string().check(z.minLength(1), z.maxLength(500)) });

export const decidedSchema = z.object({ outcome: text(), message: text() });

const step = z.object({ position: text(), words: text() });

export const conversationSchema = z.object({
  ...summary,
  status: text(),
  delivery: z.optional(text()),
  acceptedAt: text(),
  reason: z.optional(text()),
  step,
});
export const conversationsQuery = z.object({
  company: z.string().check(z.minLength(1), z.maxLength(100)),
  project: z.optional(z.string().check(z.maxLength(100))),
  state: z.optional(z.string().check(z.maxLength(40))),
  reason: z.optional(z.string().check(z.maxLength(100))),
  since: z.optional(z.string().check(z.maxLength(40))),
  until: z.optional(z.string().check(z.maxLength(40))),
  after: z.optional(z.string().check(z.maxLength(2_000))),
});
export const conversationsSchema = z.object({ found: z.array(conversationSchema), next: z.optional(text()) });

export const conversationViewSchema = z.object({
  ...summary,
  recipientName: text(),
  status: text(),
  delivery: z.optional(text()),
  acceptedAt: text(),
  sentAt: z.optional(text()),
  sendBefore: text(),
  reason: z.optional(text()),
  words: z.optional(text()),
  detail: z.optional(text()),
  step,
  attempts: z.object({ used: z.number(), allowed: z.number() }),
  vendorMessageId: z.optional(text()),
  template: z.optional(text()),
  model: z.optional(text()),
  verdicts: z.optional(words()),
  tokens: z.optional(z.object({ prompt: z.number(), completion: z.number(), total: z.number() })),
  way: z.array(z.object({ at: text(), status: text(), reason: z.optional(text()), by: z.optional(text()) })),
  replies: z.number(),
  repliesWaitSince: z.optional(text()),
  cost: z.optional(z.object({ currency: text(), amount: z.number() })),
  mayRead: z.enum(['no', 'yes', 'with_reason']),
});

export const textSchema = z.object({
  recipient: text(),
  recipientName: text(),
  messages: z.array(z.object({ timestamp: text(), role: text(), content: text() })),
  facts: z.array(factSchema),
});

/** Why text is revealed, as the audit keeps it. */
export const REVEAL_REASONS = ['delivery_fault', 'complaint', 'request_of_recipient', 'legal_duty'] as const;
export const revealBody = z.object({ reason: z.optional(z.enum(REVEAL_REASONS)) });
