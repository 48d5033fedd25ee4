import { scheduleDefinitions } from '../../../../tools/embedded-aws/functions/schedule-definition';
import { functionArn, handmadeStack, resource } from './handmade-stack';

const RULE_ARN = 'arn:aws:events:eu-west-1:111122223333:rule/tick';
const SCHEDULE_ARN = 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/tock';

const rule = (properties: Record<string, unknown>) =>
  scheduleDefinitions(
    handmadeStack([
      resource(
        'AWS::Events::Rule',
        'Tick',
        {
          ScheduleExpression: 'rate(1 minute)',
          Targets: [{ Arn: functionArn('worker'), Id: 'Target0' }],
          ...properties,
        },
        { reference: 'tick', arn: RULE_ARN },
      ),
    ]),
  );
const schedule = (properties: Record<string, unknown>) =>
  scheduleDefinitions(
    handmadeStack([
      resource(
        'AWS::Scheduler::Schedule',
        'Tock',
        {
          ScheduleExpression: 'rate(5 minutes)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: functionArn('worker'), RoleArn: 'arn:role' },
          ...properties,
        },
        { reference: 'tock', arn: SCHEDULE_ARN },
      ),
    ]),
  );

describe('scheduled invocations as a template defines them', () => {
  test('a rule invokes each of its targets', () => {
    expect(
      rule({
        Targets: [
          { Arn: functionArn('worker'), Id: 'one' },
          { Arn: functionArn('other'), Id: 'two', Input: '{"a":1}' },
        ],
      }),
    ).toEqual([
      {
        logicalId: 'Tick',
        name: 'tick',
        arn: RULE_ARN,
        origin: 'rule',
        expression: { kind: 'rate', milliseconds: 60_000 },
        isEnabled: true,
        functionArn: functionArn('worker'),
      },
      expect.objectContaining({ functionArn: functionArn('other'), input: '{"a":1}' }),
    ]);
  });

  test('a schedule invokes its target in its own role', () => {
    expect(schedule({})).toEqual([{
      logicalId: 'Tock',
      name: 'tock',
      arn: SCHEDULE_ARN,
      origin: 'schedule',
      expression: { kind: 'rate', milliseconds: 300_000 },
      isEnabled: true,
      functionArn: functionArn('worker'),
      roleArn: 'arn:role',
    }]);
  });

  test('both may be disabled, and have an input', () => {
    expect(rule({ State: 'DISABLED' })[0]?.isEnabled).toBe(false);
    expect(
      schedule({ State: 'DISABLED', Target: { Arn: functionArn('worker'), RoleArn: 'arn:role', Input: '[]' } })[0],
    ).toMatchObject({ isEnabled: false, input: '[]' });
  });

  test('a rule without targets invokes nothing', () => {
    expect(rule({ Targets: undefined })).toEqual([]);
  });

  test('what has no ARN goes by its name', () => {
    const nameless = resource('AWS::Events::Rule', 'Tick', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: functionArn('worker'), Id: 'one' }],
    });
    expect(scheduleDefinitions(handmadeStack([nameless]))[0]?.arn).toBe('Tick');
  });

  test.each([
    [() => rule({ EventPattern: {} }), 'EventPattern'],
    [
      () => rule({ Targets: [{ Arn: 'arn:aws:sqs:eu-west-1:1:q', Id: 'one' }] }),
      'only Lambda functions are supported as targets',
    ],
    [() => schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }), 'FlexibleTimeWindow'],
    [() => schedule({ ScheduleExpressionTimezone: 'Europe/London' }), 'ScheduleExpressionTimezone'],
  ])('what the embedded cloud does not run is refused and named', (read, named) => {
    expect(read).toThrow(named);
  });
});
