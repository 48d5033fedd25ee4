import type { RunFacts } from './actions/action-call';
import type { Scope, Value } from './expression/evaluate';

export interface StepState {
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

export interface NeededJob {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ContextFacts {
  readonly run: RunFacts;
  readonly token: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** The jobs that this one names in `needs`. */
  readonly needs: ReadonlyMap<string, NeededJob>;
  /** The steps that are over. */
  readonly steps: ReadonlyMap<string, StepState>;
  readonly env: Readonly<Record<string, string>>;
}

/** What the expressions of a job can see. A name that GitHub would quietly read as nothing is an error, unless it may rightly be unset. */
export function contextsOf(facts: ContextFacts): Scope['contexts'] {
  return {
    github: (words) => githubValue(words, facts),
    vars: ([name = '']) => facts.variables[name] ?? '',
    inputs: ([name = '']) => known(facts.inputs[name], `inputs.${name}`),
    env: ([name = '']) => facts.env[name] ?? '',
    needs: (words) => needsValue(words, facts.needs),
    steps: (words) => stepsValue(words, facts.steps),
  };
}

function githubValue(words: readonly string[], { run, token }: ContextFacts): Value {
  const [name = '', ...rest] = words;
  if (name === 'event') return insideEvent(run.event, rest);
  const values: Readonly<Record<string, string>> = {
    token,
    sha: run.sha,
    ref: run.ref,
    ref_name: run.ref.replace(/^refs\/(heads|pull)\//, ''),
    base_ref: run.baseRef,
    repository: run.repository,
    run_id: run.id,
    event_name: run.eventName,
    triggering_actor: run.actor,
  };
  return known(rest.length === 0 && Object.hasOwn(values, name) ? values[name] : undefined, `github.${words.join('.')}`);
}

function insideEvent(event: Readonly<Record<string, unknown>>, words: readonly string[]): Value {
  let value: unknown = event;
  for (const word of words) value = isRecord(value) ? value[word] : undefined;
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`Evaluating "github.event.${words.join('.')}" failed: it is no single value. Name one inside it.`);
}

function needsValue(words: readonly string[], needs: ReadonlyMap<string, NeededJob>): Value {
  const [name = '', kind, output = ''] = words;
  const job = needs.get(name);
  if (!job) throw new Error(`Evaluating "needs.${words.join('.')}" failed: the job does not name "${name}" in its needs. Add it there.`);
  if (kind === 'result') return job.result;
  // A job that was skipped has no outputs, and GitHub reads each as empty.
  if (kind === 'outputs') return job.result === 'skipped' ? '' : known(job.outputs[output], `needs.${words.join('.')}`);
  throw unknown(`needs.${words.join('.')}`);
}

function stepsValue(words: readonly string[], steps: ReadonlyMap<string, StepState>): Value {
  const [id = '', kind, output = ''] = words;
  const step = steps.get(id);
  if (!step) throw new Error(`Evaluating "steps.${words.join('.')}" failed: no step before this one has the id "${id}". Correct the id, or the order.`);
  if (kind === 'outcome') return step.outcome;
  if (kind === 'outputs') return step.outputs[output] ?? '';
  throw unknown(`steps.${words.join('.')}`);
}

function known(value: string | undefined, path: string): string {
  if (value === undefined) throw unknown(path);
  return value;
}

function unknown(path: string): Error {
  return new Error(`Evaluating "${path}" failed: the local runner knows no such value. Correct the name, or teach it in tools/workflow-runner/contexts.ts.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
