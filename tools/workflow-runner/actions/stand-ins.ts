import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { outputOf } from '../../run-program';
import type { ActionCall, ActionResult, ActionStandIn } from './action-call';
import { ActionFailure } from './action-failure';

/**
 * Fetches one commit of the source into the job's workspace: without history and without a remote, like a real checkout
 * here.
 */
const CHECKOUT: ActionStandIn = {
  inputs: ['ref', 'persist-credentials'],
  run: async ({ inputs, workspace, run, source }) => {
    if (inputs['persist-credentials'] !== 'false') {
      throw new Error('Checking out failed: the token would be kept in .git/config. Set persist-credentials to false.');
    }
    const git = async (...words: string[]) => outputOf('git', words, { folder: workspace });
    await git('init', '--quiet');
    await git(
      'fetch',
      '--quiet',
      '--depth',
      '1',
      `file://${source}`,
      inputs.ref === undefined ? run.sha : `refs/heads/${inputs.ref}`,
    );
    await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return {};
  },
};

/** Takes the Node.js that is there, and says so where the workflow wants another one. */
const SETUP_NODE: ActionStandIn = {
  inputs: ['node-version', 'cache', 'package-manager-cache'],
  run: async ({ inputs, print }) => {
    const [here] = process.versions.node.split('.');
    if (inputs['node-version'] !== here) {
      print(
        `The workflow asks for Node.js ${inputs['node-version'] ?? 'of any version'}; this run takes `
          + `${process.versions.node}, which is here.`,
      );
    }
    return Promise.resolve({});
  },
};

const UPLOAD_ARTIFACT: ActionStandIn = {
  inputs: ['name', 'path', 'if-no-files-found', 'overwrite', 'retention-days'],
  run: async ({ inputs, workspace, run, artifacts, print }) => {
    const source = resolve(workspace, required(inputs, 'path'));
    if (existsSync(source)) {
      await artifacts.put(run.id, required(inputs, 'name'), source, inputs.overwrite === 'true');
    } else if (inputs['if-no-files-found'] === 'error') {
      throw new ActionFailure(
        `Storing the artifact ${required(inputs, 'name')} failed: ${required(inputs, 'path')} does not exist. Look `
          + 'at the step that makes it.',
      );
    } else {
      print(`Nothing to store: ${required(inputs, 'path')} does not exist.`);
    }
    return {};
  },
};

const DOWNLOAD_ARTIFACT: ActionStandIn = {
  inputs: ['name', 'pattern', 'path', 'merge-multiple', 'run-id', 'github-token'],
  run: async (call) => {
    const { inputs, workspace, run, artifacts } = call;
    const target = resolve(workspace, required(inputs, 'path'));
    if (inputs['run-id'] !== undefined && !inputs['github-token']) {
      throw new ActionFailure(
        'Fetching an artifact of another run failed: that needs github-token. Give the step one.',
      );
    }
    const from = inputs['run-id'] ?? run.id;
    if (inputs.name !== undefined) await artifacts.get(from, required(inputs, 'name'), target);
    else await fetchMatching(call, from, target);
    return {};
  },
};

/**
 * Asks for a role by the job's identity, as the real action does with GitHub's token; keys of the machine are never
 * taken.
 */
const CONFIGURE_AWS_CREDENTIALS: ActionStandIn = {
  inputs: ['role-to-assume', 'role-session-name', 'aws-region', 'allowed-account-ids', 'unset-current-credentials'],
  run: async ({ inputs, identity, run, assumeRole, print }) => {
    const { 'role-to-assume': roleArn = '', 'aws-region': region = '', 'allowed-account-ids': allowed } = inputs;
    if (identity?.environment === undefined) {
      throw new ActionFailure(
        `Assuming ${roleArn} failed: the job has no environment, so that no role trusts it, or may not ask for an identity token. Give it an environment.`,
      );
    }
    const account = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@-]+$/.exec(roleArn)?.[1];
    if (account === undefined || region === '') {
      throw new ActionFailure(
        `Assuming "${roleArn}" in the region "${region}" failed: role or region is not complete. Look at the `
          + `stage's account variable and region.`,
      );
    }
    if (allowed !== undefined && allowed !== account) {
      throw new ActionFailure(
        `Assuming ${roleArn} failed: only the account ${allowed} is allowed. Look at the stage's account variable.`,
      );
    }
    const subject = `repo:${run.repository}:environment:${identity.environment}`;
    const credentials = await assumeRole({ roleArn, audience: 'sts.amazonaws.com', subject });
    print(`Assumed ${roleArn} as ${subject}.`);
    return {
      exported: {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
      },
    };
  },
};

/** Says what would be signed, if the job may sign and its inputs are what the real action takes. */
const ATTEST: ActionStandIn = {
  inputs: ['subject-name', 'subject-digest', 'sbom-path'],
  run: async ({ inputs, workspace, identity, mayAttest, print }) => {
    if (!identity || !mayAttest) {
      throw new ActionFailure(
        'Attesting failed: the job may not ask for an identity token, or may not store attestations. Grant it id-token '
          + 'and attestations.',
      );
    }
    if (!/^sha256:[0-9a-f]{64}$/.test(required(inputs, 'subject-digest'))) {
      throw new ActionFailure('Attesting failed: the digest is no SHA-256. Look at the expression that makes it.');
    }
    const bill = inputs['sbom-path'];
    if (bill !== undefined && !existsSync(resolve(workspace, bill))) {
      throw new ActionFailure(`Attesting failed: ${bill} does not exist. Look at the step that fetches it.`);
    }
    print(`Would attest ${required(inputs, 'subject-name')} ${bill === undefined ? 'as made by this run' : `with ${bill}`}.`);
    return Promise.resolve({});
  },
};

const STAND_INS: Readonly<Record<string, ActionStandIn | undefined>> = {
  'actions/attest': ATTEST,
  'actions/checkout': CHECKOUT,
  'actions/setup-node': SETUP_NODE,
  'actions/upload-artifact': UPLOAD_ARTIFACT,
  'actions/download-artifact': DOWNLOAD_ARTIFACT,
  'aws-actions/configure-aws-credentials': CONFIGURE_AWS_CREDENTIALS,
};

/** Runs the stand-in for an action; one that is not known, or not pinned to a commit, is an error that names it. */
export async function runAction(uses: string, call: ActionCall): Promise<ActionResult> {
  const [name = '', version = ''] = uses.split('@');
  const standIn = Object.hasOwn(STAND_INS, name) ? STAND_INS[name] : undefined;
  if (!standIn) {
    throw new Error(
      `Running the action ${uses} failed: the local runner has no stand-in for it. Write one in `
        + 'tools/workflow-runner/actions.',
    );
  }
  if (!/^[0-9a-f]{40}$/.test(version)) {
    throw new Error(
      `Running the action ${uses} failed: it is not pinned to a commit. Pin it in `
        + 'projenrc/delivery-pipeline/pinned-actions.ts.',
    );
  }
  const unknown = Object.keys(call.inputs).find((input) => !standIn.inputs.includes(input));
  if (unknown !== undefined) {
    throw new Error(
      `Running the action ${name} failed: its stand-in does not know the input "${unknown}". Teach it in `
        + 'tools/workflow-runner/actions.',
    );
  }
  return standIn.run(call);
}

async function fetchMatching({ inputs, artifacts }: ActionCall, run: string, target: string): Promise<void> {
  const prefix = /^([\w-]+)\*$/.exec(required(inputs, 'pattern'))?.[1];
  if (prefix === undefined || inputs['merge-multiple'] !== 'true') {
    throw new Error(
      `Fetching artifacts like "${inputs.pattern ?? ''}" failed: the local runner knows only a pattern that ends in `
        + '*, merged. Use that, or add it in tools/workflow-runner/actions.',
    );
  }
  for (const { name } of await artifacts.list(run)) {
    if (name.startsWith(prefix)) await artifacts.get(run, name, target);
  }
}

function required(inputs: Readonly<Record<string, string>>, name: string): string {
  const value = inputs[name];
  if (!value) {
    throw new ActionFailure(
      `Running an artifact step failed: its input ${name} is empty. Look at the expression that makes it.`,
    );
  }
  return value;
}
