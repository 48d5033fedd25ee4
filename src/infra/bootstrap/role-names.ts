import { PRODUCT } from '../../core/names';
import { sha256 } from '../../core/sha256';

export const BOOTSTRAP_STACK = `${PRODUCT}-bootstrap`;

/** The role by which a stage's deployment job reaches AWS. */
export function deployRoleName(stage: string): string {
  return `${PRODUCT}-deploy-${stage}`;
}

/** The read-mostly role of a stage's tests and of the nightly checks. */
export function testRoleName(stage: string): string {
  return `${PRODUCT}-test-${stage}`;
}

/**
 * Tells CDK's roles, bucket and parameter of one stage from another's in the same account: at most ten small letters
 * and digits.
 */
export function qualifierOf(stage: string): string {
  return `amc${/^[a-z0-9]{1,7}$/.test(stage) ? stage : sha256(stage).slice(0, 7)}`;
}

/** The stack that `cdk bootstrap` makes for a stage. */
export function toolkitStackName(stage: string): string {
  return `${PRODUCT}-toolkit-${stage}`;
}

/** The stack of a stage's two policies. */
export function separationStackName(stage: string): string {
  return `${PRODUCT}-separation-${stage}`;
}

/** The policy that bounds every role of a stage. */
export function boundaryName(stage: string): string {
  return `${PRODUCT}-boundary-${stage}`;
}

/** The policy by which CloudFormation deploys a stage. */
export function executionPolicyName(stage: string): string {
  return `${PRODUCT}-execution-${stage}`;
}
