import { usagePlans } from '../../../../tools/embedded-aws/api/usage-plans';
import type { StackResource } from '../../../../tools/embedded-aws/template/stack-template';
import { handmadeStack, resource } from '../functions/handmade-stack';

const VALUE = 'a-value-of-at-least-20-characters';

const plan = (properties: Record<string, unknown> = {}) =>
  resource(
    'AWS::ApiGateway::UsagePlan',
    'Plan',
    {
      ApiStages: [{ ApiId: 'api1', Stage: 'dev', Throttle: {} }],
      Throttle: { RateLimit: 10, BurstLimit: 2 },
      UsagePlanName: 'standard',
      ...properties,
    },
    { reference: 'plan1' },
  );
const key = (properties: Record<string, unknown> = {}) =>
  resource(
    'AWS::ApiGateway::ApiKey',
    'Key',
    { Enabled: true, Name: 'client', Value: VALUE, ...properties },
    { reference: 'key1' },
  );
const planKey = resource('AWS::ApiGateway::UsagePlanKey', 'PlanKey', {
  KeyId: 'key1',
  KeyType: 'API_KEY',
  UsagePlanId: 'plan1',
});

function plansOf(resources: readonly StackResource[], now?: () => number) {
  const plans = usagePlans(handmadeStack(resources), now);
  return { plans, admit: (value: string | undefined = VALUE, stage = 'dev') => plans.admit(value, 'api1', stage).kind };
}

describe('the keys that a stage takes', () => {
  test('are those that a usage plan of the stage holds', () => {
    const { plans, admit } = plansOf([plan(), key(), planKey]);
    expect(admit()).toBe('allowed');
    expect(admit(VALUE, 'prod')).toBe('unknown');
    expect(admit('other')).toBe('unknown');
    expect(plans.admit(undefined, 'api1', 'dev').kind).toBe('unknown');
    expect(plans.keysOf('plan1').map(({ name }) => name)).toEqual(['key1']);
  });

  test('are none without a usage plan, or while it is disabled', () => {
    expect(plansOf([plan(), key()]).admit()).toBe('unknown');
    expect(plansOf([plan(), key({ Enabled: false }), planKey]).admit()).toBe('unknown');
  });

  test('are disabled unless the template enables them, as CloudFormation has it', () => {
    expect(plansOf([plan(), key({ Enabled: undefined }), planKey]).admit()).toBe('unknown');
  });

  test('have each a rate of their own', () => {
    let time = 0;
    const { plans, admit } = plansOf([plan(), key(), planKey], () => time);
    const other = plans.createKey({ name: 'other' });
    expect([admit(), admit(), admit(), admit(other.value)]).toEqual(['allowed', 'allowed', 'throttled', 'allowed']);
    time = 100;
    expect([admit(), admit()]).toEqual(['allowed', 'throttled']);
  });

  test('have no rate where the plan has none', () => {
    const { admit } = plansOf([plan({ Throttle: undefined }), key(), planKey]);
    expect(new Set(Array.from({ length: 100 }, () => admit()))).toEqual(new Set(['allowed']));
  });

  test('can be made, attached and detached while the API runs', () => {
    const { plans, admit } = plansOf([plan()]);
    const created = plans.createKey({ name: 'late', value: VALUE }, plans.plans[0]?.name);
    expect(admit()).toBe('allowed');
    plans.detach(created.id, 'plan1');
    expect(admit()).toBe('unknown');
    plans.attach(created.id, 'plan1');
    expect(admit()).toBe('allowed');
    plans.keys.setEnabled(created.id, false);
    expect(admit()).toBe('unknown');
  });

  test('cannot be held by a plan that does not exist', () => {
    const { plans } = plansOf([plan()]);
    expect(() => plans.createKey({ name: 'late' }, 'gold')).toThrow(
      'Looking up the usage plan gold failed: the stack has',
    );
    expect(() => plansOf([]).plans.createKey({ name: 'late' })).toThrow(
      'Looking up the usage plan (first) failed: the stack has none',
    );
  });

  test.each([
    [plan({ Quota: { Limit: 10, Period: 'DAY' } }), 'Quota'],
    [key({ CustomerId: 'x' }), 'CustomerId'],
  ])('of a kind that is not run here are refused: %#', (odd, named) => {
    expect(() => plansOf([odd])).toThrow(named);
  });
});
