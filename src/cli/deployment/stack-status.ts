const MENDED = 'then try again';

/** What a person has to do before the stack can be changed, by its status; a status that is not here can be deployed to. */
const OBSTACLES: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: `its first deployment failed and was taken back, so that only deleting is left: read why in its events, run \`npx projen destroy --stage STAGE\`, ${MENDED}`,
  ROLLBACK_FAILED: `its first deployment failed and could not be taken back: read why in its events, delete the stack in the CloudFormation console, ${MENDED}`,
  CREATE_FAILED: `its first deployment failed: read why in its events, run \`npx projen destroy --stage STAGE\`, ${MENDED}`,
  UPDATE_ROLLBACK_FAILED: `an update could not be taken back: read why in its events, mend it, run \`aws cloudformation continue-update-rollback --stack-name STACK\`, ${MENDED}`,
  DELETE_FAILED: `it could not be deleted: read which resource is in the way in its events, remove or retain that, delete the stack again, ${MENDED}`,
  IMPORT_ROLLBACK_FAILED: `an import could not be taken back: read why in its events, mend it in the CloudFormation console, ${MENDED}`,
  UPDATE_FAILED: `an update failed and was left as it was: run \`aws cloudformation rollback-stack --stack-name STACK\`, ${MENDED}`,
};

/** Undefined if the stack can be deployed to as it is. */
export function stackObstacle(stack: string, stage: string, status: string | undefined): string | undefined {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS') return undefined;
  const advice = status.endsWith('_IN_PROGRESS') ? `something is changing it now: wait until that has ended, ${MENDED}` : OBSTACLES[status];
  return advice && `the stack ${stack} is in the state ${status}: ${advice.replaceAll('STAGE', stage).replaceAll('STACK', stack)}`;
}
