import type { github } from 'projen';

export interface WorkflowJobs {
  readonly workflow: string;
  /** What its jobs are called on GitHub: their names, or their identifiers where they have none. */
  readonly names: readonly string[];
}

export interface SharedName {
  readonly name: string;
  readonly workflows: readonly string[];
}

/**
 * Names of jobs that more than one workflow has. A rule of a branch requires a check by its job's name alone: if two
 * runs of one commit have it, GitHub takes either for it.
 */
export function sharedJobNames(all: readonly WorkflowJobs[]): readonly SharedName[] {
  const byName = new Map<string, string[]>();
  for (const { workflow, names } of all) {
    for (const name of names) byName.set(name, [...byName.get(name) ?? [], workflow]);
  }
  return [...byName].flatMap(([name, workflows]) => (workflows.length > 1 ? [{ name, workflows }] : []));
}

/** Refuses two generated workflows with a job of the same name. */
export function refuseSharedJobNames({ workflows }: github.GitHub): void {
  const jobs = workflows.map(({ name, jobs: all }) => ({ workflow: name, names: Object.keys(all) }));
  const [shared] = sharedJobNames(jobs);
  if (!shared) return;
  throw new Error(
    `Generating the workflows failed: ${shared.workflows.join(' and ')} both have a job ${shared.name}, so that a check `
      + 'of this name which a branch requires could be either. Rename one in projenrc/delivery-pipeline.',
  );
}
