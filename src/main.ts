import { engineApp } from './infra/engine-app';
import { STAGES } from './infra/stages';

// The CDK command says where it deploys by these variables; `cdk synth` without credentials does without them.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;

try {
  engineApp(STAGES, { ...(account && { account }), ...(region && { region }) }).synth();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
