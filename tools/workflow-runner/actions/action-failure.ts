/**
 * A failure that the real action would report as well: the step fails, and the job goes on as it would on GitHub. Any
 * other error is a fault of the workflow or of the runner and stops the run.
 */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
}
