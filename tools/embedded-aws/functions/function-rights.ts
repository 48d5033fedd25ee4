import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { FunctionDefinition } from './function-definition';

/**
 * Checks what Lambda does with a function's role around its code: its logs and traces. In AWS they would be lost
 * without a word; here the stack does not start.
 */
export function checkFunctionRights(
  definition: FunctionDefinition,
  template: StackTemplate,
  services: Pick<Services, 'authorize'>,
): void {
  const { region, account } = template;
  const logStreams = `arn:aws:logs:${region}:${account}:log-group:${definition.logGroupName}:log-stream:*`;
  const needs = [
    { action: 'logs:CreateLogStream', resource: logStreams },
    { action: 'logs:PutLogEvents', resource: logStreams },
    ...(definition.isTraced
      ? [
        { action: 'xray:PutTraceSegments', resource: '*' },
        { action: 'xray:PutTelemetryRecords', resource: '*' },
      ]
      : []),
  ];
  for (const { action, resource } of needs) {
    if (services.authorize(definition.logicalId, action, resource).allowed) continue;
    throw new Error(
      `Starting the function ${definition.name} failed: its role lacks ${action} on ${resource}, ` +
        `so its ${action.startsWith('logs') ? 'logs' : 'traces'} would be lost in AWS. Grant it in the stack.`,
    );
  }
}
