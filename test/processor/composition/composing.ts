import type { Channel } from '../../../src/core/channel';
import type { FillResult } from '../../../src/core/ports/language-model';
import type { Observer } from '../../../src/core/ports/observer';
import { CallMeter } from '../../../src/core/usage/call-meter';
import type { CompositionResult, CompositionSubject } from '../../../src/processor/composition/compose';
import { compose } from '../../../src/processor/composition/compose';
import { project, settings, SUBJECT } from './recruitment';
import { ScriptedModel } from './scripted-model';

export interface Composing {
  readonly channel: Channel;
  readonly template: object;
  readonly answers: ReadonlyArray<FillResult | Readonly<Record<string, unknown>>>;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly subject?: Partial<CompositionSubject>;
  readonly limits?: Record<string, unknown>;
  /** Other fields of the project. */
  readonly owner?: Record<string, unknown>;
  /** Values that a person gave. */
  readonly given?: Readonly<Record<string, string>>;
  /** Milliseconds that pass during each call. */
  readonly slowness?: number;
  readonly budget?: number;
}

/** Composes one message with a scripted model; tells what came out, what the model was asked and what was observed. */
export async function composing({
  channel,
  template,
  answers,
  facts,
  subject,
  limits,
  owner,
  given,
  slowness = 10,
  budget = 20_000,
}: Composing) {
  let now = 1_000_000;
  const model = new ScriptedModel(answers, () => {
    now += slowness;
  });
  const observed: string[] = [];
  const observer: Observer = {
    info: (message) => observed.push(message),
    warn: (message) => observed.push(`warn ${message}`),
    error: (message) => observed.push(message),
    count: (metric, _dimensions, amount = 1) => observed.push(`${metric} ${amount}`),
    duration: (metric, milliseconds) => observed.push(`${metric} ${milliseconds}`),
  };
  const result = await compose(
    {
      subject: { ...SUBJECT, ...(facts ? { project_data: facts } : {}), ...subject },
      project: project(limits, owner),
      settings: settings(channel, template),
      access: { kind: 'key', apiKey: 'key' },
      ...(given ? { given } : {}),
      calls: new CallMeter(2),
      timeBudgetMilliseconds: budget,
    },
    { model, clock: { now: () => now, sleep: async () => undefined }, observer },
  );
  return { result, model, observed };
}

/** The frozen words of a composed message. */
export function composed(result: CompositionResult) {
  if (result.outcome !== 'composed') throw new Error(`The message was not composed: ${JSON.stringify(result)}`);
  return result.composition;
}

/** The detail of a message that a person has to see. */
export function unprovable(result: CompositionResult) {
  if (result.outcome !== 'unprovable') {
    throw new Error(`The message was not held for review: ${JSON.stringify(result)}`);
  }
  return result;
}
