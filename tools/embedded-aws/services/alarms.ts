import type { StackTemplate } from '../template/stack-template';
import type { FaultWords } from './service-answers';
import { jsonAnswer, jsonFault } from './service-answers';
import type { ServiceBackend } from './service-backend';

const FAULTS: FaultWords = {
  'access-denied': { status: 403, code: 'AccessDenied' },
  'unknown-key': { status: 403, code: 'InvalidClientTokenId' },
  'wrong-region': { status: 403, code: 'SignatureDoesNotMatch' },
  'internal': { status: 500, code: 'InternalServiceError' },
  'unknown-operation': { status: 400, code: 'InvalidAction' },
  'malformed': { status: 400, code: 'ValidationError' },
};

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The template's alarms. Nothing is measured here, so each is as it was set: at first `OK`. */
export class StackAlarms {
  private readonly states = new Map<string, { readonly state: AlarmState; readonly at: number }>();

  constructor(
    private readonly template: StackTemplate,
    private readonly now: () => number = Date.now,
  ) {}

  /** As if what it watches had been so. */
  set(name: string, state: AlarmState): void {
    if (!this.all().some((alarm) => alarm.name === name)) {
      throw new Error(`The alarm ${name} is not in the stack. Name one of its alarms.`);
    }
    this.states.set(name, { state, at: this.now() });
  }

  list(prefix: string, wanted: string | undefined) {
    return this.all()
      .map(({ name, arn, properties }) => (
        { name, arn, properties, ...(this.states.get(name) ?? { state: 'OK', at: 0 }) }
      ))
      .filter(({ name, state }) => name.startsWith(prefix) && (wanted === undefined || wanted === state))
      .map(({ name, arn, properties, state, at }) => ({
        AlarmName: name,
        AlarmArn: arn,
        AlarmDescription: properties.AlarmDescription,
        StateValue: state,
        StateUpdatedTimestamp: at / 1000,
      }));
  }

  private all() {
    return this.template.ofType('AWS::CloudWatch::Alarm');
  }
}

/** CloudWatch, as far as it tells of alarms. */
export function cloudWatch(
  alarms: StackAlarms, place: { readonly account: string; readonly region: string },
): ServiceBackend {
  return {
    service: 'monitoring',
    protocol: 'json',
    needs: ({ operation }) =>
      operation === 'DescribeAlarms'
        ? [{
          action: 'cloudwatch:DescribeAlarms',
          resource: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:*`,
        }]
        : undefined,
    perform: async ({ input: { AlarmNamePrefix: prefix = '', StateValue: state } }) =>
      Promise.resolve(jsonAnswer('1.0', {
        MetricAlarms: alarms.list(String(prefix), state === undefined ? undefined : String(state)),
        CompositeAlarms: [],
      })),
    fault: (fault) => jsonFault('1.0', FAULTS, fault),
  };
}
