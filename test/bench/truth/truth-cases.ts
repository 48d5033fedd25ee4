import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../../src/core/channel';
import { CHANNELS } from '../../../src/core/channel';
import type { MessagePlan } from '../../../src/proof/message-plan';
import { planMessage } from '../../../src/proof/message-plan';
import type { ProofResult } from '../../../src/proof/prove-values';
import { proveValues } from '../../../src/proof/prove-values';
import { project, settings } from '../../processor/composition/recruitment';

/**
 * One line of a `.jsonl` file here: facts, the place of one value in a template, and values of both labels with their
 * kind.
 */
export interface Scenario {
  readonly scenario: string;
  readonly language: string;
  readonly domain: string;
  readonly channel: string;
  readonly template: string;
  readonly variable: string;
  readonly company: string;
  readonly recipient: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Values that a good model would write, and values that must not go out. */
  readonly right: ReadonlyArray<readonly [kind: string, value: string]>;
  readonly wrong: ReadonlyArray<readonly [kind: string, value: string]>;
}

export type Label = 'right' | 'wrong';

/** A value and what the proof made of it. */
export interface TruthCase {
  readonly scenario: Scenario;
  readonly label: Label;
  readonly kind: string;
  readonly value: string;
}

export interface JudgedCase extends TruthCase {
  readonly rules: readonly string[];
  /** A right value goes out, a wrong one does not. */
  readonly isAsItShouldBe: boolean;
}

const FOLDER = __dirname;

/** Every case of the benchmark, in the order of the files. */
export function readTruthCases(): readonly TruthCase[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl')).sort();
  return files.flatMap((name) => casesIn(readFileSync(join(FOLDER, name), 'utf8')));
}

/** The cases of one file: a scenario a line. */
export function casesIn(text: string): readonly TruthCase[] {
  return text.trim().split('\n').flatMap((line) => {
    const scenario: Scenario = JSON.parse(line);
    const cases = (label: Label) => scenario[label].map(([kind, value]) => ({ scenario, label, kind, value }));
    return [...cases('right'), ...cases('wrong')];
  });
}

/** Judges one case by the product's own function, with nothing but facts, template and value. */
export function judgeCase(truthCase: TruthCase): JudgedCase {
  const proof = proveCase(truthCase);
  const rules = proof.outcome === 'proved' ? [] : [proof.detail];
  return { ...truthCase, rules, isAsItShouldBe: (rules.length === 0) === (truthCase.label === 'right') };
}

export function proveCase(truthCase: TruthCase): ProofResult {
  return proveValues({ ...orderOf(truthCase), values: { [truthCase.scenario.variable]: truthCase.value } });
}

/** What is known of a case's message before its value. */
export function planOfCase(truthCase: TruthCase): MessagePlan {
  const { subject, project: owner, content } = orderOf(truthCase);
  const planned = planMessage(subject, owner, content);
  if (!planned.valid) throw new Error(`The scenario ${truthCase.scenario.scenario} is not valid: ${planned.detail}.`);
  return planned.plan;
}

function orderOf({ scenario }: TruthCase) {
  const [first = '', ...last] = scenario.recipient.split(' ');
  return {
    subject: {
      recipient_first_name: first,
      recipient_last_name: last.join(' ') || first,
      project_data: scenario.facts,
    },
    project: { ...project(), company_name: scenario.company, project_name: scenario.company, company_rep: {} },
    content: contentOf(scenario),
  };
}

function contentOf(scenario: Scenario) {
  const channel = CHANNELS.find((known): known is Channel => known === scenario.channel);
  if (!channel) {
    throw new Error(`The scenario ${scenario.scenario} names a channel that does not exist: ${scenario.channel}.`);
  }
  const names = [...scenario.template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const copied = { description: 'First name', max_length: 60, copy_of: 'recipient_data.recipient_first_name' };
  const written = { description: 'The words', max_length: 900 };
  const variables = Object.fromEntries(names.map((name) => [name, name === scenario.variable ? written : copied]));
  const texts =
    channel === 'email' ? { subject: scenario.company, text: scenario.template } : { body: scenario.template };
  const template = { name: scenario.scenario, version: 1, language: scenario.language, ...texts, variables };
  return settings(channel, template).content;
}

/** How many of each kind and label are as they should be. */
export interface Tally {
  readonly right: number;
  readonly all: number;
}

/** Counts the judged cases by what `name` says of each. */
export function tally<Judged extends JudgedCase>(
  judged: readonly Judged[],
  name: (judged: Judged) => string,
): Readonly<Record<string, Tally>> {
  const counted = new Map<string, Tally>();
  for (const each of judged) {
    const { right, all } = counted.get(name(each)) ?? { right: 0, all: 0 };
    counted.set(name(each), { right: right + Number(each.isAsItShouldBe), all: all + 1 });
  }
  return Object.fromEntries([...counted].sort(([one], [other]) => (one < other ? -1 : 1)));
}
