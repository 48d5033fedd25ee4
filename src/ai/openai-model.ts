import OpenAI from 'openai';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { REASONING_EFFORTS } from '../core/company/company';
import type { Clock } from '../core/ports/clock';
import type { FillRequest, FillResult, LanguageModel, ModelCredential } from '../core/ports/language-model';
import type { CallFailure } from './openai-failure';
import { judgeFailure, wasNeverRun } from './openai-failure';
import { readResponse } from './openai-response';

export interface OpenAiModelOptions {
  /** Milliseconds for one request; the library's own default is ten minutes. */
  readonly requestTimeoutMilliseconds: number;
  readonly clock: Clock;
  /** Default: the library's (`OPENAI_BASE_URL`, else OpenAI). */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

/** Requests that one call makes at most. */
const MOST_ATTEMPTS = 3;

/** Waits before the second and the third request, where OpenAI does not say how long. */
const BACKOFF_MILLISECONDS = [500, 1500];

/** Clients kept at most; one more, and the collection starts afresh. */
const CLIENTS = 100;

/** OpenAI's name for the schema; models see it. */
const SCHEMA_NAME = 'template_variables';

/**
 * OpenAI's Responses API: nothing is stored there (`store: false`), and the library's own retries are off, since they
 * ignore our time budget.
 */
export function openAiModel(options: OpenAiModelOptions): LanguageModel {
  const { clock } = options;
  const clients = new Map<string, OpenAI>();
  return {
    fill: async (request) => {
      const apiKey = usableKey(request.access);
      if (apiKey === undefined) return { outcome: 'misconfigured', code: 'malformed_api_key' };
      const client = clientOf(clients, options, apiKey);
      const deadline = clock.now() + request.timeBudgetMilliseconds;
      for (let attempt = 1; ; attempt += 1) {
        const left = deadline - clock.now();
        if (left <= 0) return { outcome: 'unavailable' };
        if (!(await request.calls.take())) return { outcome: attempt === 1 ? 'not_allowed' : 'unavailable' };
        const result = await callOnce(client, request, Math.ceil(Math.min(options.requestTimeoutMilliseconds, left)));
        if (result.outcome !== 'try_again') return result;
        const wait =
          result.retryAfterSeconds === undefined
            ? (BACKOFF_MILLISECONDS[attempt - 1] ?? 0)
            : result.retryAfterSeconds * 1000;
        if (attempt === MOST_ATTEMPTS || wait >= deadline - clock.now()) return unavailable(result);
        await clock.sleep(wait);
      }
    },
  };
}

/** OpenAI takes keys alone, and only printable ASCII can stand in a header. */
function usableKey(access: ModelCredential): string | undefined {
  switch (access.kind) {
    case 'key':
      return /^[\x21-\x7e]+$/.test(access.apiKey) ? access.apiKey : undefined;
    case 'role':
      return undefined;
  }
}

/** One client a key: to make it costs as much as a call of it. */
function clientOf(clients: Map<string, OpenAI>, options: OpenAiModelOptions, apiKey: string): OpenAI {
  const client = clients.get(apiKey) ?? createClient(options, apiKey);
  if (clients.size >= CLIENTS) clients.clear();
  clients.set(apiKey, client);
  return client;
}

function createClient(options: OpenAiModelOptions, apiKey: string): OpenAI {
  return new OpenAI({
    apiKey,
    maxRetries: 0,
    // Nothing of the process's environment but the base URL may redirect or log a call that holds facts about a person.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: 'off',
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
}

async function callOnce(client: OpenAI, request: FillRequest, timeout: number): Promise<FillResult | CallFailure> {
  // The library's own time-out ends with the headers; this one covers the body.
  const signal = AbortSignal.timeout(timeout);
  let response: Response;
  try {
    response = await client.responses.create(responseRequest(request), { timeout, signal }).asResponse();
  } catch (failure) {
    if (signal.aborted) return { outcome: 'try_again' };
    if (wasNeverRun(failure)) request.calls.giveBack();
    return judgeFailure(failure);
  }
  const result = await readResponse(response);
  // An answer that does not say what it cost counts as one that may have cost the most.
  if ('usage' in result && result.usage?.total_tokens) request.calls.answered(result.usage);
  return result;
}

/** The JSON of `POST /v1/responses`; a test compares its names with OpenAI's own types. */
export function responseRequest(request: FillRequest) {
  const effort = REASONING_EFFORTS.find((known) => known === request.reasoningEffort);
  return {
    model: request.model,
    instructions: request.instructions,
    input: inputOf(request),
    text: {
      format: {
        type: 'json_schema' as const, name: SCHEMA_NAME, strict: true, schema: { ...request.schema },
      },
    },
    max_output_tokens: request.maxOutputTokens,
    ...(effort === undefined ? {} : { reasoning: { effort } }),
    store: false,
  };
}

function inputOf(request: FillRequest): ResponseInputItem[] {
  const facts: ResponseInputItem = { role: 'user', content: request.facts };
  return request.repair === undefined
    ? [facts]
    : [facts, { role: 'user', content: `${request.repairInstructions ?? ''}\n${JSON.stringify(request.repair)}` }];
}

function unavailable(failure: CallFailure): FillResult {
  return {
    outcome: 'unavailable',
    ...(failure.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: failure.retryAfterSeconds }),
  };
}
