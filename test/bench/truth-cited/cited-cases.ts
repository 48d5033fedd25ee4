import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Citation } from '../../../src/core/lifecycle/conversation';
import { doubtsAbout } from '../../../src/proof/citations/doubts';
import { evidenceOf, planMessage } from '../../../src/proof/message-plan';
import type { Candidate } from '../../../src/proof/proof';
import { citedFacts, validateCandidates } from '../../../src/proof/proof';
import { evidenceFor } from '../../../src/proof/scope/scopes';
import { project, settings } from '../../processor/composition/recruitment';

/** A value with the facts that a model cites for it, and what a second reader answered to it. */
interface CitedValue {
  readonly kind: string;
  readonly value: string;
  readonly evidence: readonly Citation[];
  /** Recorded by hand; right values are supported. */
  readonly reader?: 'refuses' | 'supports';
}

/** One line of `cited.jsonl`. */
interface CitedScenario {
  readonly scenario: string;
  readonly language: string;
  readonly domain: string;
  readonly template: string;
  readonly company: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly scope?: readonly string[];
  readonly untrusted?: readonly string[];
  readonly right: readonly CitedValue[];
  readonly wrong: readonly CitedValue[];
}

export interface CitedCase extends CitedValue {
  readonly scenario: CitedScenario;
  readonly label: 'right' | 'wrong';
}

/**
 * What became of a value: by rules, and where they let it go, by the second reader of a template that asks when in
 * doubt.
 */
export interface JudgedCited extends CitedCase {
  readonly rules: readonly string[];
  readonly isAsked: boolean;
  readonly isRefused: boolean;
}

export function readCitedCases(): readonly CitedCase[] {
  const lines = readFileSync(join(__dirname, 'cited.jsonl'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const scenario: CitedScenario = JSON.parse(line);
    const cases = (label: 'right' | 'wrong') => scenario[label].map((each) => ({ ...each, scenario, label }));
    return [...cases('right'), ...cases('wrong')];
  });
}

/** Judges a value by the product's own functions; without evidence, as a model that cites nothing is judged. */
export function judgeCited(each: CitedCase, withEvidence = true): JudgedCited {
  const { scenario, value } = each;
  const plan = planOf(scenario, withEvidence);
  const candidate: Candidate = { value, verdict: 'proved', ...(withEvidence ? { cited: each.evidence } : {}) };
  const candidates = new Map([['text', candidate]]);
  const evidence = evidenceOf(plan);
  const rules = validateCandidates(plan, evidence, candidates).refusals.get('text') ?? [];
  const cited = citedFacts(plan, candidates).get('text')?.leaves ?? [];
  const isAsked = withEvidence && rules.length === 0
    && doubtsAbout(value, evidenceFor(plan, evidence, 'text'), cited).length > 0;
  return { ...each, rules, isAsked, isRefused: rules.length > 0 || (isAsked && each.reader === 'refuses') };
}

function planOf({ language, template, company, facts, scope, untrusted = [] }: CitedScenario, isDeclared: boolean) {
  const variable = { description: 'The words', max_length: 900, ...(scope && isDeclared ? { facts: scope } : {}) };
  const body = { name: 'cited', version: 1, language, body: template, variables: { text: variable } };
  const owner = {
    company_name: company,
    project_name: company,
    company_rep: {},
    untrusted: isDeclared ? [...untrusted] : [],
  };
  const planned = planMessage({ project_data: facts }, { ...project(), ...owner }, settings('sms', body).content);
  if (!planned.valid) throw new Error(planned.detail);
  return planned.plan;
}
