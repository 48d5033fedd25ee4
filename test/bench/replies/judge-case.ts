import type { ProvedAnswer } from '../../../src/core/lifecycle/answer-transitions';
import type { Decided } from './decide-case';
import { decideCase } from './decide-case';
import type { Outcome, ReplyCase, Turn } from './reply-cases';
import { grouped, sayable } from './reply-cases';

/** A recorded answer with what became of it. */
export interface JudgedCase extends ReplyCase {
  readonly decided: Decided;
  /** Answers, decision, card and words are those that the turn must come to. */
  readonly isRight: boolean;
  /** Words that would reach the recipient although nothing that was written by hand allows them. */
  readonly unproved?: string;
  /** Answers that are no part of what the recipient wrote, or that nobody gave. */
  readonly wrongAnswers: readonly string[];
}

/** Judges every case against what was written by hand. */
export async function judgeCases(cases: readonly ReplyCase[]): Promise<readonly JudgedCase[]> {
  const allowed = new Map([...grouped(cases, ({ scenario }) => scenario.scenario)].map(([name, own]) => (
    [name, sayable(own.map(({ scenario }) => scenario), own.map(({ turn }) => turn))]
  )));
  return Promise.all(cases.map(async (one) => (
    judgeCase(one, await decideCase(one), allowed.get(one.scenario.scenario) ?? new Set())
  )));
}

function judgeCase(one: ReplyCase, decided: Decided, allowed: ReadonlySet<string>): JudgedCase {
  const { right, wrote } = one.turn;
  const said = saidIn(decided.then);
  const given = Object.entries(decided.answers);
  const wrongAnswers = given
    .filter(([key, { value, quote }]) => (
      !wrote.some((text) => text.includes(quote)) || spelled(value) !== right.answers[key]?.[0]
    ))
    .map(([key]) => key);
  const isWhole = Object.keys(right.answers).every((key) => Object.hasOwn(decided.answers, key));
  return {
    ...one,
    decided,
    isRight: isWhole && wrongAnswers.length === 0 && isSame(decided.then, right.then),
    ...(said === undefined || allowed.has(said) ? {} : { unproved: said }),
    wrongAnswers,
  };
}

export function spelled(value: ProvedAnswer['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? `${value.currency} ${value.amount}` : String(value);
}

function saidIn(then: Outcome): string | undefined {
  return typeof then === 'object' && 'says' in then ? then.says : undefined;
}

/** The same decision, card and words. */
export function isSame(one: Outcome, other: Outcome): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  if ('hand_off' in one) return 'hand_off' in other && one.hand_off === other.hand_off;
  return 'card' in other && one.card === other.card && one.says === other.says;
}

export function isHandOff({ then }: Pick<Decided, 'then'> | Turn['right']): boolean {
  return typeof then === 'object' && 'hand_off' in then;
}
