import type { ChannelSettings, Project } from '../core/company/company';
import { parseChannelSettings, parseProject } from '../core/company/company';
import type { FillRequest, FillResult, ModelCredential } from '../core/ports/language-model';
import { CallMeter } from '../core/usage/call-meter';
import { answerOf } from './answer-burst';
import type { Answering } from './answering';
import type { Burst } from './burst';
import type { AskAgain } from './choose-card';
import { chooseCard } from './choose-card';
import type { LoadedConversation } from './load-conversations';
import { replyModelAccess } from './model-access';
import { readSignals, readUnderstanding } from './read-understanding';
import { reserveTurn } from './reserve-turn';
import type { ReadBurst, TurnPorts } from './turn-ports';
import type { Question } from './understand-question';
import { UNDERSTAND_PROMPT, UNDERSTAND_PROMPT_WITH_CARDS, understandQuestion } from './understand-question';

export type Understood = ReadBurst | { readonly outcome: 'model_away' };

interface Settings {
  readonly project: Project;
  readonly channel: ChannelSettings;
}

/** Requests to the model for one understanding: the adapter repeats one that got no answer. */
const CALLS = 2;
/** Requests for the values of a card that could not be proved. */
const REPAIR_CALLS = 1;
/** Milliseconds for all of them; the writes around have the rest of the function's minute. */
const MODEL_TIME = 40_000;
/** Milliseconds under which the model is not asked again. */
const SHORTEST_REPAIR = 3_000;

/** What is read, by whom it is paid, and what the engine may answer with. */
export interface Reading {
  readonly burst: Burst;
  readonly expecting: readonly LoadedConversation[];
  /** The conversation whose project pays; of a burst that may be answered, the one that is answered. */
  readonly payer: LoadedConversation | undefined;
  readonly answering: Answering | undefined;
}

/**
 * One call of the model, paid for by the project of the newest message, what of its answer the recipient's words prove,
 * and whether a card answers them.
 */
export async function understand(threadId: string, reading: Reading, ports: TurnPorts): Promise<Understood> {
  const { burst, payer, answering } = reading;
  const settings = answering
    ? { project: answering.project, channel: answering.channelSettings }
    : payer && settingsOf(payer);
  const access = settings && (await replyModelAccess(settings.channel, ports));
  if (!settings || !access) return handedOff('model_unavailable');

  const question = understandQuestion(burst, answering);
  const most = CALLS + (answering ? REPAIR_CALLS : 0);
  const budget = await reserveTurn(threadId, { burst, question, most }, settings, ports);
  if (!budget.allowed) return handedOff('limit');
  const calls = new CallMeter(most);
  const until = ports.clock.now() + MODEL_TIME;
  const asking = { settings, access, calls, until };
  const result = await ask(question, asking, ports);
  const understood = await conclude(result, reading, question, asking, ports);
  await budget.settle(calls);
  if (result.outcome === 'misconfigured') {
    ports.observer.count('ConfigurationFault', { channel: burst.thread.channel_method });
    ports.observer.warn('the model refuses to read replies', { thread: threadId, detail: result.code });
  }
  return understood;
}

async function conclude(
  result: FillResult,
  reading: Reading,
  question: Question,
  asking: Asking,
  ports: TurnPorts,
): Promise<Understood> {
  const { burst, expecting, answering } = reading;
  const { model } = asking.settings.channel.model;
  const prompt = answering ? UNDERSTAND_PROMPT_WITH_CARDS : UNDERSTAND_PROMPT;
  switch (result.outcome) {
    case 'values': {
      const language = (id: string) =>
        expecting.find(({ conversation }) => conversation.conversation_id === id)?.language ?? 'en-GB';
      if (!answering) {
        const read = readUnderstanding(result.values, burst, language) ?? handedOff('not_understood');
        return { ...read, outcome: 'read', model, prompt };
      }
      const signals = readSignals(result.values, burst, language);
      if (!signals) return { ...handedOff('not_understood'), model, prompt };
      const again: AskAgain = async (repair) => {
        if (asking.until - ports.clock.now() < SHORTEST_REPAIR) return undefined;
        return ask({ ...question, ...repair }, asking, ports);
      };
      const now = ports.clock.now();
      const chosen = await chooseCard(signals, { burst, answering, now }, again);
      return { ...answerOf(signals, chosen, { burst, answering, now }, { model, prompt }), model, prompt };
    }
    case 'refused':
    case 'truncated':
    case 'filtered':
    case 'unreadable':
      return { ...handedOff('not_understood'), model, prompt };
    case 'misconfigured':
    case 'unavailable':
    case 'not_allowed':
      return { outcome: 'model_away' };
  }
}

function handedOff(reason: 'limit' | 'model_unavailable' | 'not_understood') {
  return { outcome: 'read', answers: {}, hand_off: reason } as const;
}

function settingsOf({ conversation, company }: LoadedConversation): Settings | undefined {
  const project = parseProject(company);
  const channel = parseChannelSettings(company, conversation.channel_method);
  return project.valid && channel.valid ? { project: project.value, channel: channel.value } : undefined;
}

interface Asking {
  readonly settings: Settings;
  readonly access: ModelCredential;
  readonly calls: CallMeter;
  /** Milliseconds since 1970: by then the model has answered. */
  readonly until: number;
}

async function ask(
  question: Question & Pick<FillRequest, 'repair' | 'repairInstructions'>,
  { settings: { channel: { model, content } }, access, calls, until }: Asking,
  ports: TurnPorts,
): Promise<FillResult> {
  const started = ports.clock.now();
  const result = await ports.model.fill({
    ...question, access, calls, model: model.model, reasoningEffort: model.reasoning_effort,
    timeBudgetMilliseconds: until - started,
  });
  const dimensions = { channel: content.channel };
  ports.observer.duration('ModelTime', ports.clock.now() - started, dimensions);
  if ('usage' in result) ports.observer.count('ModelTokens', dimensions, result.usage.total_tokens);
  return result;
}
