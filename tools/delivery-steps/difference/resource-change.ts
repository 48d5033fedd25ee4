import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { ValueChange } from './value-change';
import { valueChanges } from './value-change';

/** What becomes of a resource, the worst first: this order is the report's. */
export const FATES = ['deleted', 'replaced', 'may be replaced', 'left behind', 'changed', 'new', 'imported'] as const;

export type Fate = (typeof FATES)[number];

/** Fates after which something that was there may be gone. */
export const LOSING: readonly Fate[] = ['deleted', 'replaced', 'may be replaced'];

/** Types whose resources hold what cannot be made again. */
const HOLDS_DATA = new Set([
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::RestApi',
]);

export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly fate: Fate;
  /** The properties that change. */
  readonly properties: readonly string[];
  /** What they change from and to. */
  readonly values: readonly ValueChange[];
  readonly holdsData: boolean;
  /** The template keeps the old resource outside the stack. */
  readonly keepsOld: boolean;
}

const FATE_OF: Readonly<Record<ResourceImpact, Fate | undefined>> = {
  [ResourceImpact.WILL_DESTROY]: 'deleted',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'may be replaced',
  [ResourceImpact.WILL_ORPHAN]: 'left behind',
  [ResourceImpact.WILL_UPDATE]: 'changed',
  [ResourceImpact.WILL_CREATE]: 'new',
  [ResourceImpact.WILL_IMPORT]: 'imported',
  [ResourceImpact.NO_CHANGE]: undefined,
};

/** Undefined where nothing becomes of the resource. */
export function resourceChange(logicalId: string, difference: ResourceDifference): ResourceChange | undefined {
  const fate = FATE_OF[difference.changeImpact];
  if (fate === undefined) return undefined;
  const type = difference.oldResourceType ?? difference.newResourceType ?? 'unknown';
  const properties = difference.isUpdate
    ? [...Object.keys(difference.propertyUpdates), ...Object.keys(difference.otherChanges)]
    : [];
  return {
    logicalId,
    type,
    fate,
    properties,
    values: difference.isUpdate ? changedValues(difference) : [],
    holdsData: HOLDS_DATA.has(type),
    keepsOld: difference.oldValue?.UpdateReplacePolicy === 'Retain',
  };
}

function changedValues({ propertyUpdates, otherChanges }: ResourceDifference): readonly ValueChange[] {
  return Object.entries({ ...propertyUpdates, ...otherChanges }).flatMap(([name, { oldValue, newValue }]) =>
    valueChanges(name, oldValue, newValue));
}
