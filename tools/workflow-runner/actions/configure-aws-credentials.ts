import type { ActionStandIn } from './action-call';
import { ActionFailure } from './action-failure';

/** Asks for a role by the job's identity, as the real action does with GitHub's token; keys of the machine are never taken. */
export const CONFIGURE_AWS_CREDENTIALS: ActionStandIn = {
  inputs: ['role-to-assume', 'role-session-name', 'aws-region', 'allowed-account-ids', 'unset-current-credentials'],
  run: async ({ inputs, identity, run, assumeRole, print }) => {
    const { 'role-to-assume': roleArn = '', 'aws-region': region = '', 'allowed-account-ids': allowed } = inputs;
    if (!identity) throw new ActionFailure(`Assuming ${roleArn} failed: the job has no environment or may not ask for an identity token. Give it an environment.`);
    const account = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@-]+$/.exec(roleArn)?.[1];
    if (account === undefined || region === '') throw new ActionFailure(`Assuming "${roleArn}" in the region "${region}" failed: role or region is not complete. Look at the stage's account variable and region.`);
    if (allowed !== undefined && allowed !== account) throw new ActionFailure(`Assuming ${roleArn} failed: only the account ${allowed} is allowed. Look at the stage's account variable.`);
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
