import { answerOf } from '../conversation/answer-burst';
import { chooseCard } from '../conversation/choose-card';
import { readSignals, readUnderstanding } from '../conversation/read-understanding';
import type { ReadBurst } from '../conversation/turn-ports';
import type { Question } from '../conversation/understand-question';
import {
  UNDERSTAND_PROMPT, UNDERSTAND_PROMPT_WITH_CARDS, understandQuestion,
} from '../conversation/understand-question';
import type { FillRequest, FillResult, TokenUsage } from '../core/ports/language-model';
import { NO_USAGE } from '../processor/composition/write-values';
import type { Reading, TrialPorts } from './reply-world';
import type { ReplyNotTried } from './tried-reply';

export interface Understood {
  readonly read: ReadBurst;
  /** Why the card that the model chose could not be proved. */
  readonly detail?: string | undefined;
  readonly model?: string;
  readonly usage: TokenUsage;
}

/** Asks the model as a turn does, and reads its answer as a turn does. */
export async function askAboutReply(reading: Reading, ports: TrialPorts): Promise<Understood | ReplyNotTried> {
  const { trial, burst, answering } = reading;
  const { model } = trial.settings.model;
  const until = ports.clock.now() + trial.timeBudgetMilliseconds;
  let usage = NO_USAGE;
  const question = understandQuestion(burst, answering);
  const ask = async (more: Partial<FillRequest>): Promise<FillResult> => {
    const result = await ports.model.fill({
      ...question, ...more, access: trial.access, calls: trial.calls, model,
      reasoningEffort: trial.settings.model.reasoning_effort, timeBudgetMilliseconds: until - ports.clock.now(),
    });
    if ('usage' in result) usage = added(usage, result.usage);
    return result;
  };
  const budget = await ports.reserve?.(burst, question);
  if (budget?.allowed === false) return { read: OVER_BUDGET, usage };
  const result = await ask({});
  const found = await conclude(result, reading, async (repair) => ask(repair));
  await budget?.settle(trial.calls);
  return 'read' in found ? { ...found, model, usage } : found;
}

async function conclude(
  result: FillResult,
  reading: Reading,
  again: (repair: Partial<Question>) => Promise<FillResult>,
): Promise<Pick<Understood, 'read' | 'detail'> | ReplyNotTried> {
  switch (result.outcome) {
    case 'values':
      return understood(result.values, reading, again);
    case 'misconfigured':
      return { outcome: 'model_misconfigured', code: result.code };
    case 'unavailable':
    case 'not_allowed':
      return { outcome: 'model_unavailable' };
    default:
      return { read: NOT_UNDERSTOOD };
  }
}

const OVER_BUDGET: ReadBurst = { outcome: 'read', answers: {}, hand_off: 'limit' };
const NOT_UNDERSTOOD: ReadBurst = { outcome: 'read', answers: {}, hand_off: 'not_understood' };

async function understood(
  values: Readonly<Record<string, unknown>>,
  { trial, burst, answering }: Reading,
  again: (repair: Partial<Question>) => Promise<FillResult>,
): Promise<Pick<Understood, 'read' | 'detail'>> {
  const language = () => trial.settings.content.template.language;
  const { model } = trial.settings.model;
  if (!answering) {
    const read = readUnderstanding(values, burst, language);
    return { read: read ? { ...read, outcome: 'read', model, prompt: UNDERSTAND_PROMPT } : NOT_UNDERSTOOD };
  }
  const signals = readSignals(values, burst, language);
  if (!signals) return { read: NOT_UNDERSTOOD };
  const { now } = trial;
  const chosen = await chooseCard(signals, { burst, answering, now }, again);
  const by = { model, prompt: UNDERSTAND_PROMPT_WITH_CARDS };
  return {
    read: answerOf(signals, chosen, { burst, answering, now }, by),
    detail: chosen.fit === 'proved' ? undefined : chosen.detail,
  };
}

function added(one: TokenUsage, other: TokenUsage): TokenUsage {
  return {
    prompt_tokens: one.prompt_tokens + other.prompt_tokens,
    completion_tokens: one.completion_tokens + other.completion_tokens,
    total_tokens: one.total_tokens + other.total_tokens,
  };
}
