import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import { checkFunctionRights } from '../../../../tools/embedded-aws/functions/function-rights';
import { functionResource, handmadeStack } from './handmade-stack';

const TEMPLATE = handmadeStack([
  functionResource('Router', { TracingConfig: { Mode: 'Active' } }),
  functionResource('Plain'),
]);

function check(functionIndex: number, refused: string | undefined): string[] {
  const asked: string[] = [];
  const definition = functionDefinitions(TEMPLATE)[functionIndex];
  if (!definition) throw new Error('no function');
  checkFunctionRights(definition, TEMPLATE, {
    authorize: (holder, action, resource) => {
      asked.push(`${holder}: ${action} on ${resource}`);
      return action === refused ? { allowed: false, message: 'no' } : { allowed: true };
    },
  });
  return asked;
}

describe('what Lambda does in a function\'s role', () => {
  test('is to write its logs and traces', () => {
    const streams = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/router:log-stream:*';
    expect(check(0, undefined)).toEqual([
      `Router: logs:CreateLogStream on ${streams}`, `Router: logs:PutLogEvents on ${streams}`,
      'Router: xray:PutTraceSegments on *', 'Router: xray:PutTelemetryRecords on *',
    ]);
  });

  test('is to write logs alone where the function is not traced', () => {
    expect(check(1, 'xray:PutTraceSegments')).toHaveLength(2);
  });

  test.each([
    ['logs:PutLogEvents', 'logs'],
    ['xray:PutTelemetryRecords', 'traces'],
  ])('without %s nothing starts', (action, lost) => {
    expect(() => check(0, action)).toThrow(
      new RegExp(`^Starting the function router failed: its role lacks ${action} .*its ${lost} would be lost`),
    );
  });
});
