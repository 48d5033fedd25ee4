import type { ActionCall, ActionResult, ActionStandIn } from './action-call';
import { DOWNLOAD_ARTIFACT, UPLOAD_ARTIFACT } from './artifacts';
import { CHECKOUT } from './checkout';
import { CONFIGURE_AWS_CREDENTIALS } from './configure-aws-credentials';
import { SETUP_NODE } from './setup-node';

const STAND_INS: Readonly<Record<string, ActionStandIn | undefined>> = {
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
  if (!standIn) throw new Error(`Running the action ${uses} failed: the local runner has no stand-in for it. Write one in tools/workflow-runner/actions.`);
  if (!/^[0-9a-f]{40}$/.test(version)) throw new Error(`Running the action ${uses} failed: it is not pinned to a commit. Pin it in projenrc/delivery-pipeline/pinned-actions.ts.`);
  const unknown = Object.keys(call.inputs).find((input) => !standIn.inputs.includes(input));
  if (unknown !== undefined) throw new Error(`Running the action ${name} failed: its stand-in does not know the input "${unknown}". Teach it in tools/workflow-runner/actions.`);
  return standIn.run(call);
}
