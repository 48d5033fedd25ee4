import type { ChannelSettings, Project } from '../core/company/company';
import { modelSecretId, parseChannelSettings, parseProject } from '../core/company/company';
import type { FillRequest, FillResult, ModelCredential } from '../core/ports/language-model';
import type { Understanding } from '../core/lifecycle/thread-record';
import { CallMeter } from '../core/usage/call-meter';
import { costOf, MILLION, monthlyMicros, pricesOf, tokensCost } from '../core/usage/cost';
import type { Burst } from './burst';
import type { Expecting } from './load-expecting';
import { readUnderstanding } from './read-understanding';
import type { TurnPorts } from './turn-ports';
import { questionTokensAtMost, UNDERSTAND_PROMPT, understandQuestion } from './understand-question';

export type Understood =
  | ({ readonly outcome: 'read' } & Pick<Understanding, 'answers' | 'stop' | 'hand_off' | 'model' | 'prompt'>)
  | { readonly outcome: 'model_away' };

type Question = ReturnType<typeof understandQuestion>;

interface Settings {
  readonly project: Project;
  readonly channel: ChannelSettings;
}

/** Requests to the model for one understanding: the adapter repeats one that got no answer. */
const CALLS = 2;
/** Milliseconds for all of them; the writes around have the rest of the function's minute. */
const MODEL_TIME = 40_000;
/** Milliseconds after which what was reserved for a turn counts no longer, whatever became of it. */
const RESERVED_FOR = 10 * 60_000;

/**
 * One call of the model, paid for by the project of the newest message, and what of its answer the recipient's words
 * prove.
 */
export async function understand(
  threadId: string,
  burst: Burst,
  expecting: readonly Expecting[],
  ports: TurnPorts,
): Promise<Understood> {
  const payer = expecting.find(({ conversation: { conversation_id: id } }) => (
    id === burst.messages.at(-1)?.conversation
  )) ?? expecting.at(-1);
  const settings = payer && settingsOf(payer);
  const access = settings && (await readAccess(settings.channel, ports));
  if (!settings || !access) return handedOff('model_unavailable');

  const question = understandQuestion(burst);
  const budget = await reserve(threadId, burst, question, settings, ports);
  if (!budget.allowed) return handedOff('limit');
  const calls = new CallMeter(CALLS);
  const result = await ask(question, settings.channel, access, calls, ports);
  await budget.settle(calls);

  const { model } = settings.channel.model;
  switch (result.outcome) {
    case 'values': {
      const language = (id: string) =>
        expecting.find(({ conversation }) => conversation.conversation_id === id)?.language ?? 'en-GB';
      const read = readUnderstanding(result.values, burst, language) ?? handedOff('not_understood');
      return { ...read, outcome: 'read', model, prompt: UNDERSTAND_PROMPT };
    }
    case 'refused':
    case 'truncated':
    case 'filtered':
    case 'unreadable':
      return { ...handedOff('not_understood'), model, prompt: UNDERSTAND_PROMPT };
    case 'misconfigured':
      ports.observer.count('ConfigurationFault', { channel: burst.thread.channel_method });
      ports.observer.warn('the model refuses to read replies', { thread: threadId, detail: result.code });
      return { outcome: 'model_away' };
    case 'unavailable':
    case 'not_allowed':
      return { outcome: 'model_away' };
  }
}

function handedOff(reason: 'limit' | 'model_unavailable' | 'not_understood') {
  return { outcome: 'read', answers: {}, hand_off: reason } as const;
}

function settingsOf({ conversation, company }: Expecting): Settings | undefined {
  const project = parseProject(company);
  const channel = parseChannelSettings(company, conversation.channel_method);
  return project.valid && channel.valid ? { project: project.value, channel: channel.value } : undefined;
}

async function readAccess(
  { model, content }: ChannelSettings,
  { secrets }: TurnPorts,
): Promise<ModelCredential | undefined> {
  const secretId = modelSecretId(model);
  if (secretId === undefined) return { kind: 'role' };
  const secret = await secrets.read(secretId, { kind: 'model', channel: content.channel });
  const apiKey = secret.outcome === 'found' ? secret.fields.ai_api_key : undefined;
  return apiKey ? { kind: 'key', apiKey } : undefined;
}

async function ask(
  question: Question,
  { model, content }: ChannelSettings,
  access: ModelCredential,
  calls: FillRequest['calls'],
  ports: TurnPorts,
): Promise<FillResult> {
  const started = ports.clock.now();
  const result = await ports.model.fill({
    ...question, access, calls, model: model.model, reasoningEffort: model.reasoning_effort,
    timeBudgetMilliseconds: MODEL_TIME,
  });
  const dimensions = { channel: content.channel };
  ports.observer.duration('ModelTime', ports.clock.now() - started, dimensions);
  if ('usage' in result) ports.observer.count('ModelTokens', dimensions, result.usage.total_tokens);
  return result;
}

/** Reserves what the calls may cost at the most in the project's budget, and puts what they did cost in its place. */
async function reserve(
  threadId: string,
  { thread }: Burst,
  question: Question,
  { project, channel }: Settings,
  { clock, limits, observer, usage }: TurnPorts,
) {
  const { budget, company_id: company, project_id: projectId } = project;
  const free = { allowed: true, settle: async () => Promise.resolve() };
  if (!budget) return free;
  const prices = { ...pricesOf(budget, channel.content.channel), send: 0 };
  const call = Math.ceil(tokensCost(prices, questionTokensAtMost(question), question.maxOutputTokens));
  const now = clock.now();
  const requestId = `${threadId}#${thread.sequence}#${thread.turn_owner ?? ''}`;
  const counted = { company, project: projectId, requestId, now };
  const decision = await limits.take({
    ...counted,
    limits: { requests_per_minute: null, requests_per_day: null, concurrent_conversations: null },
    budget: { monthly: monthlyMicros(budget), reserved: CALLS * call },
    openUntil: now + RESERVED_FOR,
  });
  if (!decision.allowed) return { ...free, allowed: false };
  const { entry } = decision;
  return {
    allowed: true,
    settle: async (calls: CallMeter) => {
      if (entry === undefined) return;
      const asked = { model_calls: calls.used, ...(calls.answers ? { model_answers: calls.answers } : {}) };
      const cost = costOf({ ...prices, call }, { conversation_status: 'expired', attempt_count: 0, ...asked });
      try {
        await usage.releaseReservation({ ...counted, entry, cost });
        if (cost > 0) observer.count('Spent', { currency: prices.currency }, cost / MILLION);
      } catch (error) {
        // What was reserved runs out by itself.
        observer.error('the cost of a turn could not be counted', error, { company, project: projectId });
      }
    },
  };
}
