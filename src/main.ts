import { engineApp } from './infra/engine-app';
import { STAGES } from './infra/stages';

/** Set by the CDK command from the credentials in use; absent without any, which leaves the stacks free of account and region. */
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;

engineApp(STAGES, { ...(account && { account }), ...(region && { region }) }).synth();
