import { randomUUID } from 'node:crypto';
import { arrangedBehaviours } from '../arranged-behaviours';
import type { JsonRecord } from '../json-record';
import { isJsonRecord, parseJson } from '../json-record';
import type { RequestGate, VendorAnswer, VendorRequest } from '../loopback-server';
import { jsonAnswer, startLoopbackServer } from '../loopback-server';
import type { Behaviour, Trigger } from './behaviours';
import { readTrigger } from './behaviours';
import { invalidRequest, missingKey, overloaded, wrongKey } from './errors';
import { readFacts } from './facts';
import { inStyleOf, misbehave } from './misbehave';
import type { ResponsesRequest } from './request-check';
import { checkRequest } from './request-check';
import { failureAnswer, responseAnswer } from './response-body';
import { asksForReading, readValues } from './second-reader';
import { asksForUnderstanding, understandMessages } from './understanding';
import { fillSchema } from './values';

/** Models that the simulator offers (OpenAI's default, quality and older tier of November 2026). */
export const SIMULATED_MODELS = ['gpt-6-luna', 'gpt-6.1-terra', 'gpt-5.6-luna'] as const;

/** What a test may ask of the next call: a behaviour by name, or the exact values that the model answers. */
export type ArrangedAnswer = Behaviour | { readonly values: JsonRecord };

/** One call that the simulator was asked to serve. */
export interface ReceivedCall {
  readonly model: string;
  readonly instructions: string;
  readonly input: string;
  readonly schema: JsonRecord;
  readonly behaviour?: Behaviour;
}

export interface OpenAiSimulator {
  /** Base URL as `OPENAI_BASE_URL` takes it, `/v1` included. */
  readonly url: string;
  registerKey(key: string): void;
  /** Arranges the answers of the next calls; it goes before any trigger in the facts. */
  next(answer: ArrangedAnswer, times?: number): void;
  /** Milliseconds before each answer. */
  setDelay(milliseconds: number): void;
  /** The calls that passed the checks, oldest first. */
  received(): readonly ReceivedCall[];
  /** What OpenAI would accept and this engine must never ask for (`store` not false, a schema that is not strict …). */
  violations(): readonly string[];
  stop(): Promise<void>;
}

export interface OpenAiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly gate?: RequestGate;
  readonly models: readonly string[];
  readonly now: () => number;
  /** Milliseconds before each answer. */
  readonly delayMilliseconds: number;
}

/** OpenAI's Responses API on loopback: judges a request as OpenAI does and answers from the schema that it is sent. */
export async function startOpenAiSimulator(options: OpenAiOptions): Promise<OpenAiSimulator> {
  const { models } = options;
  const keys = new Set<string>();
  const arranged = arrangedBehaviours<ArrangedAnswer>();
  const calls: ReceivedCall[] = [];
  const violations: string[] = [];
  const seenFacts = new Map<string, number>();
  let delay = options.delayMilliseconds;

  const answerCall = (request: ResponsesRequest): VendorAnswer => {
    violations.push(...request.violations);
    const facts = readFacts(request.input);
    const answer = arranged.take() ?? triggered(facts.map((fact) => fact.text), seenFacts);
    const behaviour = typeof answer === 'string' ? answer : undefined;
    const { model, instructions, input, schema } = request;
    calls.push({ model, instructions, input, schema, ...(behaviour === undefined ? {} : { behaviour }) });
    const failure = failureAnswer(behaviour, model);
    if (failure) return failure;
    const isReading = asksForReading(schema);
    if (isReading && behaviour === 'reader-silent') return overloaded();
    const filled = fillSchema(schema, facts.filter((fact) => triggersIn(fact.text).length === 0));
    const isUnderstanding = asksForUnderstanding(schema);
    const written = () => misbehave(behaviour, inStyleOf(model, isJsonRecord(filled) ? filled : {}, schema), schema);
    const readingOf = () => {
      if (isUnderstanding) return understandMessages(input, schema);
      return isReading ? readValues(input, behaviour) : undefined;
    };
    const values = isJsonRecord(answer) ? answer.values : readingOf() ?? written();
    return responseAnswer(randomUUID().replaceAll('-', ''), options.now(), request, behaviour, values);
  };

  const respond = async (request: VendorRequest): Promise<VendorAnswer> => {
    if (delay > 0) await new Promise((waited) => setTimeout(waited, delay));
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) return missingKey();
    if (!keys.has(key)) return wrongKey(key);
    if (request.method === 'GET' && request.url.pathname === '/v1/models') return modelList(models, options.now());
    if (request.method !== 'POST' || request.url.pathname !== '/v1/responses') return notFound(request);
    const checked = checkRequest(parseJson(request.body), models);
    return checked.ok ? answerCall(checked.request) : checked.answer;
  };

  const server = await startLoopbackServer(options.port, respond, options.gate);
  return {
    url: `${server.url}/v1`,
    registerKey: (key) => { keys.add(key); },
    next: (answer, times = 1) => { arranged.arrange(answer, times); },
    setDelay: (milliseconds) => { delay = milliseconds; },
    received: () => [...calls],
    violations: () => [...violations],
    stop: server.stop,
  };
}

/**
 * The behaviour that a fact asks for. A `-once` trigger acts on the first call with the same facts, not on the second,
 * and so on.
 */
function triggered(facts: readonly string[], seen: Map<string, number>): Behaviour | undefined {
  const [trigger] = facts.flatMap(triggersIn);
  if (!trigger?.once) return trigger?.behaviour;
  const key = JSON.stringify(facts);
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return count % 2 === 1 ? trigger.behaviour : undefined;
}

/** Lists of plain values are one fact, so that a trigger may stand inside one. */
function triggersIn(fact: string): readonly Trigger[] {
  return fact.split('; ').map(readTrigger).filter((trigger) => trigger !== undefined);
}

function modelList(models: readonly string[], now: number): VendorAnswer {
  const created = Math.floor(now / 1000);
  return jsonAnswer(200, {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created, owned_by: 'system', shutdown_date: null })),
  });
}

function notFound(request: VendorRequest): VendorAnswer {
  const answer = invalidRequest(`Invalid URL (${request.method} ${request.url.pathname})`, 'url', 'unknown_url');
  return answer.kind === 'answer' ? { ...answer, status: 404 } : answer;
}
