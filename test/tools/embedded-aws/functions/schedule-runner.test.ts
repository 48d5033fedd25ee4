import { functionDefinitions } from '../../../../tools/embedded-aws/functions/function-definition';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import type { ScheduleDefinition } from '../../../../tools/embedded-aws/functions/schedule-definition';
import { ScheduleRunner } from '../../../../tools/embedded-aws/functions/schedule-runner';
import type { ScheduleRunnerOptions } from '../../../../tools/embedded-aws/functions/schedule-runner';
import { answered, functionArn, functionResource, handmadeStack, REPORT, resource } from './handmade-stack';

const MINUTE = 60_000;

const SUCCESS = answered(null);

const rule = (logicalId: string, properties: Record<string, unknown>) => resource('AWS::Events::Rule', logicalId, {
  ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: functionArn('worker'), Id: 'one' }], ...properties,
}, { reference: logicalId.toLowerCase(), arn: `arn:${logicalId}` });

const [WORKER] = functionDefinitions(handmadeStack([functionResource('Worker')]));

const TEMPLATE = handmadeStack([
  rule('Often', {}), rule('Rarely', { ScheduleExpression: 'cron(2 * * * ? *)' }), rule('Never', { State: 'DISABLED' }),
]);

describe('schedules', () => {
  beforeEach(() => { jest.useFakeTimers({ now: new Date('2026-01-02T03:00:00Z') }); });
  afterEach(() => { jest.useRealTimers(); });

  function lambdaOf(invoke: () => Promise<InvocationResult>) {
    const events: Array<{ readonly functionArn: string; readonly resources: readonly string[] }> = [];
    const lambda: ScheduleRunnerOptions['lambda'] = {
      definitionOf: () => {
        if (!WORKER) throw new Error('no function');
        return WORKER;
      },
      invokeText: async (arn, event) => {
        events.push({ functionArn: arn, resources: JSON.parse(event).resources });
        return invoke();
      },
    };
    return { lambda, events };
  }

  function started({
    invoke = async () => SUCCESS,
    ...changes
  }: Partial<ScheduleRunnerOptions> & { readonly invoke?: () => Promise<InvocationResult> } = {}) {
    const { lambda, events } = lambdaOf(invoke);
    const faults: string[] = [];
    const schedules = new ScheduleRunner({
      template: TEMPLATE,
      lambda,
      refusal: () => undefined,
      onFault: (fault) => faults.push(fault),
      ...changes,
    });
    return { schedules, events, faults };
  }

  test('fire at their rate and at their times while they are enabled', async () => {
    const { schedules, events } = started();
    schedules.start();
    await jest.advanceTimersByTimeAsync(3 * MINUTE);
    expect(events.map(({ resources: [arn] }) => arn)).toEqual(['arn:Often', 'arn:Often', 'arn:Rarely', 'arn:Often']);
    schedules.stop();
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect(events).toHaveLength(4);
  });

  test.each(['never', 'Never'])('run on request, enabled or not: %s', async (name) => {
    const { schedules, events } = started();
    expect(await schedules.run(name)).toBe(SUCCESS);
    expect(events).toEqual([{ functionArn: functionArn('worker'), resources: ['arn:Never'] }]);
  });

  test('are named where one is asked for that does not exist', async () => {
    await expect(started().schedules.run('sometimes')).rejects.toThrow(
      'Running the schedule "sometimes" failed: the stack has often, rarely, never.',
    );
  });

  test.each([
    [
      async (): Promise<InvocationResult> => ({
        kind: 'failed',
        payload: '{}',
        failure: { errorType: 'Error', errorMessage: 'bad' },
        report: REPORT,
      }),
      'bad',
    ],
    [async (): Promise<InvocationResult> => ({ kind: 'throttled' }), 'its function is throttled'],
    [async (): Promise<InvocationResult> => Promise.reject(new Error('stopped')), 'Error: stopped'],
  ])('report a run that failed', async (invoke, why) => {
    const { schedules, faults } = started({ invoke });
    schedules.start();
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(faults).toEqual([`The scheduled run of often failed: ${why}`]);
    schedules.stop();
  });

  test('do not start without the right to invoke', () => {
    const refusal = ({ logicalId }: ScheduleDefinition) =>
      logicalId === 'Rarely' ? 'it lacks the permission.' : undefined;
    expect(() => started({ refusal })).toThrow('Starting the schedule Rarely failed: it lacks the permission.');
  });

  test('do not start without their function', () => {
    const lambda = {
      ...lambdaOf(async () => SUCCESS).lambda,
      definitionOf: (nameOrArn: string) => {
        throw new Error(`no function ${nameOrArn}`);
      },
    };
    expect(() => started({ lambda })).toThrow(`no function ${functionArn('worker')}`);
  });
});
