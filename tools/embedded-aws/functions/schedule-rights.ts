import type { Services } from '../services/services';
import type { InvokePermissions } from './invoke-permission';
import type { ScheduleDefinition } from './schedule-definition';

/**
 * Why EventBridge may not invoke a schedule's function; undefined if it may. A rule needs the function's permission, a
 * schedule its own role's.
 */
export function scheduleRefusal(
  schedule: ScheduleDefinition, mayInvoke: InvokePermissions, services: Pick<Services, 'authorize'>,
): string | undefined {
  const { arn, functionArn, roleArn } = schedule;
  if (roleArn === undefined) {
    if (mayInvoke('events.amazonaws.com', functionArn, arn)) return undefined;
    return `no AWS::Lambda::Permission lets ${arn} invoke ${functionArn}. Add it to the stack.`;
  }
  const verdict = services.authorize(roleArn, 'lambda:InvokeFunction', functionArn);
  return verdict.allowed ? undefined : `${verdict.message}. Grant it in the stack.`;
}
