import type { RunFacts } from './actions/action-call';
import type { Value } from './expression-language';

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

/** The names that expressions of a workflow may begin with. */
export const CONTEXTS = ['github', 'vars', 'inputs', 'env', 'needs', 'steps'] as const;

/**
 * What the expressions of a job can see. Only what may rightly be unset is empty: variables, and what an event lacks.
 */
export function contextsOf(facts: ContextFacts): Readonly<Record<typeof CONTEXTS[number], (name: string) => Value>> {
  const { run, token, variables, inputs, needs, steps, env } = facts;
  const github: Readonly<Record<string, Value>> = {
    token,
    sha: run.sha,
    ref: run.ref,
    ref_name: run.ref.replace(/^refs\/(heads|pull)\//, ''),
    base_ref: run.baseRef,
    repository: run.repository,
    run_id: run.id,
    event_name: run.eventName,
    triggering_actor: run.actor,
    event: insideEvent(run.event),
  };
  return {
    github: known(github, 'github'),
    vars: (name) => variables[name] ?? '',
    inputs: known(inputs, 'inputs'),
    env: (name) => env[name] ?? '',
    needs: (name) => {
      const job = needs.get(name);
      if (!job) {
        throw new Error(
          `Evaluating "needs.${name}" failed: the job does not name "${name}" in its needs. Add it there.`,
        );
      }
      // A job that was skipped has no outputs, and GitHub reads each as empty.
      const outputs = job.result === 'skipped' ? () => '' : known(job.outputs, `needs.${name}.outputs`);
      return known({ result: job.result, outputs }, `needs.${name}`);
    },
    steps: (id) => {
      const step = steps.get(id);
      if (!step) {
        throw new Error(
          `Evaluating "steps.${id}" failed: no step before this one has the id "${id}". Correct the id, or the order.`,
        );
      }
      return known({ outcome: step.outcome, outputs: (name) => step.outputs[name] ?? '' }, `steps.${id}`);
    },
  };
}

function insideEvent(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined || value === null ? '' : (name) => insideEvent(Object(value)[name]);
}

function known(values: Readonly<Record<string, Value>>, path: string): (name: string) => Value {
  return (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return value;
    throw new Error(`Evaluating "${path}.${name}" failed: the local runner does not know this value. `
      + 'Correct the name, or add it in tools/workflow-runner/contexts.ts.');
  };
}
