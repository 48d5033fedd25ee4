import type { JsonRecord } from '../json-record';
import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';
import type { AnswerStyle } from './answer-styles';
import { finalFields, itemsBefore, layOut, partsOf, styleOf } from './answer-styles';
import type { Behaviour } from './behaviours';
import { overloaded, quotaUsedUp, rateLimited, serverError, unknownModel, wrongKey } from './errors';
import type { ResponsesRequest } from './request-check';

/** Seconds that the simulated rate limit asks to wait. */
const RETRY_AFTER_SECONDS = 1;

/** About four characters a token, as OpenAI's rule of thumb has it: the same text always costs the same. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** The failure that a behaviour asks for; undefined where the model answers with words. */
export function failureAnswer(behaviour: Behaviour | undefined, model: string): VendorAnswer | undefined {
  switch (behaviour) {
    case 'timeout':
      return { kind: 'silence' };
    case 'reset':
      return { kind: 'reset' };
    case 'rate-limit':
      return rateLimited(model, RETRY_AFTER_SECONDS);
    case 'overloaded':
      return overloaded();
    case 'quota':
      return quotaUsedUp();
    case 'server-error':
      return serverError();
    case 'html-page':
      return {
        kind: 'answer',
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>502 Bad Gateway</title></head></html>',
      };
    case 'unknown-model':
      return unknownModel(model);
    case 'wrong-key':
      return wrongKey('sk-simulated-and-revoked');
    default:
      return undefined;
  }
}

/** A response resource as `POST /v1/responses` answers it. */
export function responseAnswer(
  identifier: string,
  createdAt: number,
  request: ResponsesRequest,
  behaviour: Behaviour | undefined,
  values: JsonRecord,
): VendorAnswer {
  const style = styleOf(request.model);
  const text = layOut(style, values);
  const output = outputItems(identifier, style, behaviour, text);
  const inputTokens =
    countTokens(request.instructions) + countTokens(request.input) + countTokens(JSON.stringify(request.schema));
  const outputTokens = countTokens(text);
  return jsonAnswer(
    200,
    {
      id: `resp_${identifier}`,
      object: 'response',
      created_at: Math.floor(createdAt / 1000),
      background: false,
      error:
        behaviour === 'failed' ? { code: 'server_error', message: 'The model failed to generate a response.' } : null,
      instructions: request.instructions,
      max_output_tokens: null,
      metadata: {},
      model: request.model,
      output,
      parallel_tool_calls: true,
      previous_response_id: null,
      store: false,
      temperature: 1,
      tool_choice: 'auto',
      tools: [],
      top_p: 1,
      truncation: 'disabled',
      usage: {
        input_tokens: inputTokens,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: inputTokens + outputTokens,
      },
      ...statusOf(behaviour),
    },
    { 'x-request-id': `req_${identifier}` },
  );
}

function statusOf(behaviour: Behaviour | undefined): JsonRecord {
  if (behaviour === 'truncated') return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
  if (behaviour === 'content-filter') return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
  return { status: behaviour === 'failed' ? 'failed' : 'completed', incomplete_details: null };
}

/**
 * A reasoning item comes first, as reasoning models answer it: clients must look for the message, not for the first
 * item.
 */
function outputItems(
  identifier: string,
  style: AnswerStyle,
  behaviour: Behaviour | undefined,
  text: string,
): readonly JsonRecord[] {
  const before = itemsBefore(style, identifier);
  if (behaviour === 'failed' || behaviour === 'no-output') return before;
  const content = behaviour === 'refusal'
    ? [{ type: 'refusal', refusal: 'I\'m sorry, but I can\'t help with that request.' }]
    : partsOf(style, saidText(behaviour, text))
      .map((part) => ({ type: 'output_text', text: part, annotations: [], logprobs: [] }));
  const status = behaviour === 'truncated' || behaviour === 'content-filter' ? 'incomplete' : 'completed';
  const message = { id: `msg_${identifier}`, type: 'message', status, role: 'assistant', content };
  return [...before, { ...message, ...finalFields(style) }];
}

function saidText(behaviour: Behaviour | undefined, text: string): string {
  if (behaviour === 'truncated') return text.slice(0, Math.floor(text.length / 2));
  if (behaviour === 'content-filter') return '';
  return behaviour === 'not-json' ? 'Sure! Here is the message that you asked for.' : text;
}
