import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Channel } from '../core/channel';
import { resourceNames } from '../core/names';
import type { Permission, Permissions } from './permissions';
import type { StageSettings } from './stages';

/**
 * A processor reads the secrets of its own channel: the model's key, and the vendor credentials of the companies that
 * send on it. The secrets themselves are made when a company is onboarded, not by the stack, so their values are in
 * no template.
 */
export function secretPermissions(scope: Construct, stage: StageSettings, channel: Channel): Permissions {
  return {
    ReadModelKey: modelKeyPermission(scope, stage, [channel]),
    ReadVendorCredentials: credentialPermission(scope, stage, channel),
  };
}

/** The model's keys of these channels. */
export function modelKeyPermission(
  scope: Construct,
  stage: StageSettings,
  channels: readonly Channel[],
): Permission {
  const names = resourceNames(stage.name);
  return {
    actions: ['secretsmanager:GetSecretValue'],
    resources: channels.map((channel) => secretArn(scope, `${names.modelSecret(channel)}-??????`)),
  };
}

/** Every company's vendor credentials of one channel. */
export function credentialPermission(scope: Construct, stage: StageSettings, channel: Channel): Permission {
  return {
    actions: ['secretsmanager:GetSecretValue'],
    resources: [secretArn(scope, resourceNames(stage.name).credentialSecretPattern(channel))],
    whyWildcard:
      'Companies are onboarded without a deployment; each has its own credentials, of which a channel reads ' +
      'all of its kind and no other.',
  };
}

/** The key that seals the signing secrets of endpoints. */
export function endpointKeyArn(scope: Construct, stage: StageSettings): string {
  return secretArn(scope, `${resourceNames(stage.name).endpointKeySecret}-??????`);
}

/** Secrets Manager appends a hyphen and six characters to a secret's name. */
function secretArn(scope: Construct, name: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`;
}
