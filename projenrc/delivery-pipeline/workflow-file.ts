import { github, JsonPatch } from 'projen';

interface WorkflowFileOptions {
  readonly triggers: github.workflows.Triggers;
  readonly concurrency: { readonly group: string; readonly cancelInProgress: boolean };
}

/** A workflow whose token can do nothing unless a job asks for it. */
export function addWorkflow(
  provider: github.GitHub,
  name: string,
  options: WorkflowFileOptions,
): github.GithubWorkflow {
  const workflow = new github.GithubWorkflow(provider, name, {
    limitConcurrency: true,
    concurrencyOptions: options.concurrency,
  });
  workflow.on(options.triggers);
  // A patch, because an override drops what is empty.
  workflow.file?.patch(JsonPatch.add('/permissions', {}));
  return workflow;
}
