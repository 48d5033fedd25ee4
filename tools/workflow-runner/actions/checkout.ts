import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ActionStandIn } from './action-call';

const execute = promisify(execFile);

/** Fetches one commit of the source into the job's workspace: without history and without a remote, like a real checkout here. */
export const CHECKOUT: ActionStandIn = {
  inputs: ['ref', 'persist-credentials'],
  run: async ({ inputs, workspace, run, source }) => {
    if (inputs['persist-credentials'] !== 'false') throw new Error('Checking out failed: the token would be kept in .git/config. Set persist-credentials to false.');
    const git = async (...words: string[]) => execute('git', words, { cwd: workspace });
    await git('init', '--quiet');
    await git('fetch', '--quiet', '--depth', '1', `file://${source}`, inputs.ref === undefined ? run.sha : `refs/heads/${inputs.ref}`);
    await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return {};
  },
};
