import type { Workflow } from './workflow-file';

/** The jobs' names, each after all that it needs, otherwise as the file has them. */
export function jobOrder(jobs: Workflow['jobs']): readonly string[] {
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) throw new Error(`Ordering the jobs failed: ${[...path, name].join(' needs ')}, which is a circle. Take one of these needs away.`);
    const job = jobs[name];
    if (!job) throw new Error(`Ordering the jobs failed: ${path.at(-1) ?? 'the workflow'} needs "${name}", which is no job of it. Correct the name.`);
    if (ordered.includes(name)) return;
    for (const needed of job.needs) visit(needed, [...path, name]);
    ordered.push(name);
  };
  for (const name of Object.keys(jobs)) visit(name, []);
  return ordered;
}
