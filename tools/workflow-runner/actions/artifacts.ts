import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ActionCall, ActionStandIn } from './action-call';
import { ActionFailure } from './action-failure';

export const UPLOAD_ARTIFACT: ActionStandIn = {
  inputs: ['name', 'path', 'if-no-files-found', 'overwrite', 'retention-days'],
  run: async ({ inputs, workspace, run, artifacts, print }) => {
    const source = resolve(workspace, required(inputs, 'path'));
    if (existsSync(source)) {
      await artifacts.put(run.id, required(inputs, 'name'), source, inputs.overwrite === 'true');
    } else if (inputs['if-no-files-found'] === 'error') {
      throw new ActionFailure(`Storing the artifact ${required(inputs, 'name')} failed: ${required(inputs, 'path')} does not exist. Look at the step that makes it.`);
    } else {
      print(`Nothing to store: ${required(inputs, 'path')} does not exist.`);
    }
    return {};
  },
};

export const DOWNLOAD_ARTIFACT: ActionStandIn = {
  inputs: ['name', 'pattern', 'path', 'merge-multiple', 'run-id', 'github-token'],
  run: async (call) => {
    const { inputs, workspace, run, artifacts } = call;
    const target = resolve(workspace, required(inputs, 'path'));
    if (inputs['run-id'] !== undefined && !inputs['github-token']) throw new ActionFailure('Fetching an artifact of another run failed: that needs github-token. Give the step one.');
    const from = inputs['run-id'] ?? run.id;
    if (inputs.name !== undefined) await artifacts.get(from, required(inputs, 'name'), target);
    else await fetchMatching(call, from, target);
    return {};
  },
};

async function fetchMatching({ inputs, artifacts }: ActionCall, run: string, target: string): Promise<void> {
  const prefix = /^([\w-]+)\*$/.exec(required(inputs, 'pattern'))?.[1];
  if (prefix === undefined || inputs['merge-multiple'] !== 'true') {
    throw new Error(`Fetching artifacts like "${inputs.pattern ?? ''}" failed: the local runner knows only a pattern that ends in *, merged. Use that, or teach it in tools/workflow-runner/actions.`);
  }
  for (const { name } of await artifacts.list(run)) {
    if (name.startsWith(prefix)) await artifacts.get(run, name, target);
  }
}

function required(inputs: Readonly<Record<string, string>>, name: string): string {
  const value = inputs[name];
  if (!value) throw new ActionFailure(`Running an artifact step failed: its input ${name} is empty. Look at the expression that makes it.`);
  return value;
}
