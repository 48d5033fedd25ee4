import * as z from 'zod/mini';
import { countSegments } from '../../core/channels/sms-segments';
import { RULES } from '../../proof/rules/rules';
import { dryRun } from '../../operations/dry-run/dry-run';
import { dryRunReply } from '../../operations/dry-run/dry-run-reply';
import { checkRequest } from '../../router/check-request';
import { ApiError } from '../http/page-call';
import { route } from './route';
import type { Route } from './route';
import { claimSchema, companyQuery, factSchema } from './schemas';
import { showTriedReply, triedReplySchema } from './tried-reply';

/** Characters of a reply that is tried. */
const REPLY_LIMIT = 8_000;

/** Milliseconds for the model: API Gateway ends a call at 30 seconds. */
const MODEL_TIME = 20_000;

const value = z.object({
  variable: z.string(),
  verdict: z.string(),
  value: z.optional(z.string()),
  refused: z.optional(z.string()),
  /** The words that were judged, and whether it is those of the model that were refused. */
  judged: z.string(),
  isRefused: z.boolean(),
  claims: z.array(claimSchema),
});

const tryOut = route({
  method: 'POST',
  path: '/playground/dry-run',
  name: 'dryRun',
  scope: 'company',
  anyOf: ['try'],
  summary: 'Composes and proves the message of a request; nothing is sent or kept, and the model is paid',
  query: companyQuery,
  body: z.object({
    request: z.record(z.string(), z.unknown()),
    /** What the recipient might answer: it is tried as well. */
    reply: z.optional(z.string().check(z.maxLength(REPLY_LIMIT))),
  }),
  answer: z.object({
    outcome: z.string(),
    reason: z.optional(z.string()),
    detail: z.optional(z.string()),
    template: z.optional(z.string()),
    model: z.optional(z.string()),
    values: z.array(value),
    /** Everything that may prove a claim. */
    facts: z.array(factSchema),
    texts: z.array(z.object({ name: z.string(), text: z.string() })),
    /** What the text costs on a channel that counts segments. */
    segments: z.optional(z.number()),
    /** When it would leave: absent for at once. */
    releaseAt: z.optional(z.string()),
    cost: z.optional(z.object({ currency: z.string(), amount: z.optional(z.number()), reserved: z.number() })),
    message: z.string(),
    reply: z.optional(triedReplySchema),
  }),
  handle: async ({ company, body, ports, audit }) => {
    const checked = checkRequest(body.request);
    if (!checked.valid) {
      const lines = checked.faults.map(({ path, message }) => `${path}: ${message}`);
      throw new ApiError({ status: 400, code: 'INVALID_REQUEST', message: lines.join('; ') });
    }
    const { request } = checked;
    // The role was asked for the company of the query.
    if (request.company_data.company_id !== company) {
      throw new ApiError({
        status: 403,
        code: 'FORBIDDEN',
        message: 'Trying the request failed: it names another company than is chosen.',
      });
    }
    await audit('dry_run', ['request']);
    const until = ports.clock.now() + MODEL_TIME;
    const run = await dryRun(request, ports, { modelTime: MODEL_TIME, explains: true });
    if (!('values' in run)) return { outcome: run.outcome, values: [], facts: [], texts: [], message: NOT_TRIED[run.outcome] };
    const tried = body.reply === undefined || body.reply.trim() === ''
      ? undefined
      : await dryRunReply(request, [body.reply], ports, Math.max(0, until - ports.clock.now()));
    return {
      reply: tried && showTriedReply(tried, { wordsOf: wordsOfRules, why: NOT_TRIED }),
      outcome: run.outcome,
      reason: run.reason,
      detail: run.detail,
      template: run.template,
      model: run.model,
      values: run.values.map(({ trace, ...one }) => ({
        ...one,
        refused: wordsOfRules(one.refused),
        judged: trace?.judged ?? one.value ?? '',
        isRefused: trace?.isRefused ?? false,
        claims: [...(trace?.claims ?? [])],
      })),
      facts: [...(run.facts ?? [])],
      texts: textsOf(run.filled),
      segments: run.filled?.channel === 'sms' ? countSegments(run.filled.text) : undefined,
      releaseAt: request.request_data.send_at,
      cost: run.cost,
      message: OUTCOMES[run.outcome],
    };
  },
});

export const PLAYGROUND_ROUTES: readonly Route[] = [tryOut];

const OUTCOMES = {
  would_send: 'This request would be sent.',
  would_wait_for_a_person: 'This request would wait for a reviewer.',
  would_fail: 'This request would fail.',
} as const;

const NOT_TRIED = {
  company_not_found: 'The company has no such project.',
  record_incomplete: 'The company record is incomplete: open Companies to see what it lacks.',
  channel_not_allowed: 'The project does not send on this channel.',
  model_key_unusable: "The model's key is missing: store it by engine secret set.",
  model_unavailable: 'The model did not answer in time: try again.',
  model_misconfigured: "The model's key or name is refused: see engine doctor.",
} as const;

/** Rules by their names, or a sentence of the model's. */
function wordsOfRules(refused: string | undefined): string | undefined {
  const known = new Map<string, string>(Object.entries(RULES));
  return refused?.replace(/\b[a-z]+(?:_[a-z]+)*\b/g, (word) => known.get(word) ?? word);
}

function textsOf(filled: object | undefined) {
  return Object.entries(filled ?? {}).flatMap(([name, text]: [string, unknown]) =>
    name === 'channel' || name === 'html' || typeof text !== 'string' ? [] : [{ name, text }],
  );
}
