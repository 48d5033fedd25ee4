import { PRODUCT } from '../../core/names';

export const BOOTSTRAP_STACK = `${PRODUCT}-bootstrap`;

/** The role by which a stage's deployment job reaches AWS. */
export function deployRoleName(stage: string): string {
  return `${PRODUCT}-deploy-${stage}`;
}

/** The read-mostly role of a stage's tests and of the nightly checks. */
export function testRoleName(stage: string): string {
  return `${PRODUCT}-test-${stage}`;
}
