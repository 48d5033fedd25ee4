import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { resourceNames } from '../../src/core/names';
import type { RoleCredentials, RoleRequest } from '../workflow-runner/actions/action-call';
import { ActionFailure } from '../workflow-runner/actions/action-failure';
import type { DeployedStageView } from './delivery/deployed-stage';
import type { DeployedStage } from './delivery/pipeline-facts';

export interface EmulatorCapability {
  readonly name: string;
  /** Why it could not be tried where that is a text. */
  readonly isEnforced: boolean | string;
}

export interface CapabilityOptions {
  readonly stage: DeployedStage;
  readonly view: DeployedStageView;
  readonly repository: string;
  readonly deployRole: string;
  assumeRole(request: RoleRequest): Promise<RoleCredentials>;
}

/** More at once than any client may send. */
const BURST = 60;

/**
 * Tries what AWS would refuse, and reports what the emulator refused: an emulator that lets everything pass proves
 * less.
 */
export async function measureCapabilities(options: CapabilityOptions): Promise<readonly EmulatorCapability[]> {
  const { view } = options;
  return [
    { name: 'API keys', isEnforced: (await view.burst(1, 'without-key')).statuses.includes(403) },
    { name: 'throttling of a key', isEnforced: await throttles(view) },
    { name: 'trust of roles: repository and environment', isEnforced: await refusesOtherEnvironment(options) },
    { name: 'permissions of roles', isEnforced: await refusesOtherAction(options) },
  ];
}

async function throttles(view: DeployedStageView): Promise<boolean | string> {
  const { rate, burst } = await view.allowance();
  const { statuses, seconds } = await view.burst(BURST, 'with-key');
  if (statuses.includes(429)) return true;
  return burst + rate * seconds < BURST
    ? false
    : `${BURST} calls took ${seconds.toFixed(0)} s, which is slower than the allowed ${rate} a second`;
}

function request({ repository, deployRole }: CapabilityOptions, environment: string): RoleRequest {
  return {
    roleArn: deployRole,
    audience: 'sts.amazonaws.com',
    subject: `repo:${repository}:environment:${environment}`,
  };
}

async function refusesOtherEnvironment(options: CapabilityOptions): Promise<boolean> {
  return options.assumeRole(request(options, 'an-environment-that-no-role-trusts')).then(
    () => false,
    (error: unknown) => {
      if (error instanceof ActionFailure) return true;
      throw error;
    },
  );
}

/** The deploy role may become CDK's roles and do nothing else by itself. */
async function refusesOtherAction(options: CapabilityOptions): Promise<boolean> {
  const { stage } = options;
  const client = new DynamoDBClient({
    region: stage.region,
    credentials: await options.assumeRole(request(options, stage.environment)),
  });
  try {
    await client.send(new DescribeTableCommand({ TableName: resourceNames(stage.name).companyTable }));
    return false;
  } catch (error) {
    if (error instanceof Error && /AccessDenied|NotAuthorized/.test(`${error.name} ${error.message}`)) return true;
    throw error;
  } finally {
    client.destroy();
  }
}
