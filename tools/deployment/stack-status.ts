import type { DeliveryStage } from '../../src/cli/delivery-stages';
import type { StackState } from './deployment-host';

interface Place {
  readonly stack: string;
  readonly stage: DeliveryStage;
  readonly isProtected: boolean;
}

/** What a person has to do before the stack can be changed, by its status; a status that is not here can be deployed to. */
const REMEDIES: Readonly<Record<string, (place: Place) => string>> = {
  ROLLBACK_COMPLETE: (place) => `its first deployment failed and was taken back, so that only deleting is left: read why in its events, ${deleted(place, `run \`npx projen destroy --stage ${place.stage.name}\``)}`,
  ROLLBACK_FAILED: (place) => `its first deployment failed and could not be taken back: read why in its events, ${deleted(place, 'delete the stack in the CloudFormation console')}`,
  CREATE_FAILED: (place) => `its first deployment failed: read why in its events, ${deleted(place, `run \`npx projen destroy --stage ${place.stage.name}\``)}`,
  UPDATE_ROLLBACK_FAILED: (place) => `an update could not be taken back: read why in its events, mend it, run \`aws cloudformation continue-update-rollback ${named(place)}\``,
  DELETE_FAILED: () => 'it could not be deleted: read which resource is in the way in its events, remove or retain that, delete the stack again',
  IMPORT_ROLLBACK_FAILED: () => 'an import could not be taken back: read why in its events, mend it in the CloudFormation console',
  UPDATE_FAILED: (place) => `an update failed and was left as it was: run \`aws cloudformation rollback-stack ${named(place)}\``,
};

/** Undefined if the stack can be deployed to as it is. */
export function stackBlocker(stack: string, stage: DeliveryStage, state: StackState | undefined): string | undefined {
  if (state === undefined || state.status === 'REVIEW_IN_PROGRESS') return undefined;
  const { status, isProtected } = state;
  const advice = status.endsWith('_IN_PROGRESS') ? 'something is changing it now: wait until that has ended' : REMEDIES[status]?.({ stack, stage, isProtected });
  return advice && `the stack ${stack} is in the state ${status}: ${advice}, then try again`;
}

/** The command that lets a stack be deleted. */
export function unprotect(place: Pick<Place, 'stack' | 'stage'>): string {
  return `\`aws cloudformation update-termination-protection --no-enable-termination-protection ${named(place)}\``;
}

/** A guarded stage's stack is protected although it never worked, and what it had made and is to keep outlives it. */
function deleted(place: Place, how: string): string {
  if (!place.isProtected) return how;
  const kept = `then \`npx projen adopt --stage ${place.stage.name}\`, which shows what becomes of the tables, queues and log groups that it kept and that would be in the way`;
  return `turn its protection off (${unprotect(place)}), ${how}, ${kept}`;
}

function named({ stack, stage }: Pick<Place, 'stack' | 'stage'>): string {
  return `--stack-name ${stack} --region ${stage.region}`;
}
