import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../../src/core/channel';
import type { AnswerValue, ExpectedAnswer } from '../../../src/core/company/expected-answer';

/** What a turn must come to beside the answers that it keeps. */
export type Outcome =
  /** Nothing is said: nothing is open, or a machine wrote. */
  | 'rest'
  | 'silence'
  | 'stop'
  | { readonly card: string; readonly says: string }
  /** Why a person is to see it. */
  | { readonly hand_off: string };

/** A model's answer as it was recorded. */
export interface RecordedAnswer {
  readonly answers: Readonly<Record<string, { readonly value: string; readonly quote: string }>>;
  readonly asks: string;
  readonly card: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly language: string;
  readonly stop: string;
  readonly stop_quote: string | null;
}

/** The first line of a file: a company, what it asked, and what it may say. */
export interface Scenario {
  readonly scenario: string;
  readonly language: string;
  readonly domain: string;
  readonly channel: Channel;
  readonly company: string;
  readonly recipient: string;
  readonly received: string;
  /** The messages that the recipient answers. */
  readonly asked: ReadonlyArray<{
    readonly text: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly expected: readonly ExpectedAnswer[];
  }>;
  /** As in a company's record. */
  readonly knowledge: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly cards: ReadonlyArray<{
    readonly card_id: string;
    readonly languages: Readonly<Record<string, { readonly text: string }>>;
  }>;
  readonly assistant: Readonly<Record<string, unknown>>;
  /** True words of cards that no turn of the file asks for. */
  readonly may_say: readonly string[];
}

/** Every further line: what a recipient wrote, what must become of it, and what models made of it. */
export interface Turn {
  readonly turn: string;
  readonly kind: string;
  /** The messages of one burst. */
  readonly wrote: readonly string[];
  readonly right: {
    /** By `<number of the message>.<name>`, the value as it is spelled and the quote. */
    readonly answers: Readonly<Record<string, readonly [value: string, quote: string]>>;
    readonly then: Outcome;
  };
  /** What was answered before. */
  readonly known?: Readonly<Record<string, AnswerValue>>;
  /** A program wrote it. */
  readonly automatic?: true;
  /** Pictures or recordings beside the words. */
  readonly attachments?: number;
  /** The payload of the button that was pressed; its label is what was written. */
  readonly button?: string;
  /** The number of the message that the recipient quoted. */
  readonly quotes?: number;
  /** The first one errs in nothing. */
  readonly models: ReadonlyArray<{ readonly errs: string; readonly says: RecordedAnswer }>;
}

/** What a model that errs in nothing is called. */
export const HONEST = 'nothing';

/** One recorded answer of a model, with all that it is judged by. */
export interface ReplyCase {
  readonly scenario: Scenario;
  readonly turn: Turn;
  readonly errs: string;
  readonly says: RecordedAnswer;
}

/** Every recorded answer, in the order of the files. */
export function readReplyCases(): readonly ReplyCase[] {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.jsonl')).sort();
  return files.flatMap((name) => casesIn(readFileSync(join(__dirname, name), 'utf8')));
}

function casesIn(text: string): readonly ReplyCase[] {
  const [head = '', ...lines] = text.trim().split('\n');
  const scenario: Scenario = JSON.parse(head);
  const turns = lines.map((line): Turn => JSON.parse(line));
  return turns.flatMap((turn) => turn.models.map((model) => ({ scenario, turn, ...model })));
}

/**
 * All that the company of a scenario may say, written by hand: the words of its right decisions, of cards without
 * variables, and those listed as true. Independent of the proof that it judges.
 */
export function sayable(scenarios: readonly Scenario[], turns: readonly Turn[]): ReadonlySet<string> {
  const right = turns.flatMap(({ right: { then } }) => (typeof then === 'object' && 'says' in then ? [then.says] : []));
  const texts = scenarios.flatMap(({ cards }) => cards.flatMap(({ languages }) => Object.values(languages)));
  const fixed = texts.map(({ text }) => text).filter((text) => !text.includes('{{'));
  return new Set([...right, ...fixed, ...scenarios.flatMap(({ may_say: listed }) => listed)]);
}

/** In the order in which the names first come. */
export function grouped<One>(all: readonly One[], name: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) groups.set(name(one), [...(groups.get(name(one)) ?? []), one]);
  return groups;
}
