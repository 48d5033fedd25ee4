import { z } from 'zod';
import { readProperties } from '../functions/resource-properties';
import type { StackTemplate } from '../template/stack-template';
import { ApiKeys } from './api-keys';
import type { ApiKey, NewApiKey } from './api-keys';
import { TokenBucket } from './token-bucket';
import type { ThrottleDefinition } from './token-bucket';

/** Lets the keys that it holds use a stage, each at its own rate. */
export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly stages: ReadonlyArray<{ readonly apiId: string; readonly stageName: string }>;
  readonly throttle?: ThrottleDefinition;
}

/** What a key may do at a stage. */
export type KeyVerdict =
  | { readonly kind: 'allowed'; readonly key: ApiKey }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'throttled'; readonly key: ApiKey };

const throttleShape = z.strictObject({ BurstLimit: z.coerce.number(), RateLimit: z.coerce.number() });

const planShape = z.strictObject({
  ApiStages: z
    .array(z.strictObject({ ApiId: z.string(), Stage: z.string(), Throttle: z.strictObject({}).optional() }))
    .default([]),
  Description: z.string().optional(),
  Tags: z.unknown().optional(),
  Throttle: throttleShape.optional(),
  UsagePlanName: z.string().optional(),
});

const keyShape = z.strictObject({
  Description: z.string().optional(),
  // Unlike in the API Gateway console, a key of a template is disabled unless the template enables it.
  Enabled: z.boolean().default(false),
  GenerateDistinctId: z.boolean().optional(),
  Name: z.string().optional(),
  // Without effect: a key opens a stage through a usage plan alone.
  StageKeys: z.unknown().optional(),
  Tags: z.unknown().optional(),
  Value: z.string().optional(),
});

const planKeyShape = z.strictObject({ KeyId: z.string(), KeyType: z.literal('API_KEY'), UsagePlanId: z.string() });

/** The usage plans with their keys. */
export class UsagePlans {
  private readonly heldKeys = new Map<string, Map<string, TokenBucket | undefined>>();

  constructor(
    readonly keys: ApiKeys,
    readonly plans: readonly UsagePlan[],
    private readonly now: () => number = Date.now,
  ) {
    for (const plan of plans) this.heldKeys.set(plan.id, new Map());
  }

  /** Makes a key that opens what a plan opens: the stack's first plan unless another is named by id or name. */
  createKey(key: NewApiKey, planIdOrName?: string): ApiKey {
    const plan = this.find(planIdOrName);
    const created = this.keys.create(key);
    this.attach(created.id, plan.id);
    return created;
  }

  attach(keyId: string, planIdOrName: string): void {
    const plan = this.find(planIdOrName);
    this.heldKeys
      .get(plan.id)
      ?.set(this.keys.withId(keyId).id, plan.throttle && new TokenBucket(plan.throttle, this.now));
  }

  detach(keyId: string, planIdOrName: string): void {
    this.heldKeys.get(this.find(planIdOrName).id)?.delete(keyId);
  }

  /** The keys that a plan holds. */
  keysOf(planIdOrName: string): readonly ApiKey[] {
    const held = this.heldKeys.get(this.find(planIdOrName).id);
    return this.keys.all().filter((key) => held?.has(key.id));
  }

  /** Judges a request's key and counts the request against the key's rate. */
  admit(keyValue: string | undefined, apiId: string, stageName: string): KeyVerdict {
    const key = keyValue === undefined ? undefined : this.keys.withValue(keyValue);
    if (!key?.isEnabled) return { kind: 'unknown' };
    const plan = this.plans.find(
      ({ id, stages }) =>
        stages.some((stage) => stage.apiId === apiId && stage.stageName === stageName) &&
        this.heldKeys.get(id)?.has(key.id),
    );
    if (!plan) return { kind: 'unknown' };
    const isWithinRate = this.heldKeys.get(plan.id)?.get(key.id)?.take() ?? true;
    return { kind: isWithinRate ? 'allowed' : 'throttled', key };
  }

  private find(planIdOrName: string | undefined): UsagePlan {
    const plan =
      planIdOrName === undefined
        ? this.plans[0]
        : this.plans.find(({ id, name }) => id === planIdOrName || name === planIdOrName);
    if (plan) return plan;
    const known = this.plans.map(({ name }) => name).join(', ') || 'none';
    throw new Error(
      `Looking up the usage plan ${planIdOrName ?? '(first)'} failed: the stack has ${known}. Use one of these.`,
    );
  }
}

/** The stack's usage plans and API keys. */
export function usagePlans(template: StackTemplate, now?: () => number): UsagePlans {
  const plans = template.ofType('AWS::ApiGateway::UsagePlan').map((resource) => {
    const { ApiStages: stages, Throttle: throttle } = readProperties(resource, planShape);
    return {
      id: resource.reference,
      name: resource.name,
      stages: stages.map(({ ApiId: apiId, Stage: stageName }) => ({ apiId, stageName })),
      ...(throttle && { throttle: { rateLimit: throttle.RateLimit, burstLimit: throttle.BurstLimit } }),
    };
  });
  const store = new UsagePlans(new ApiKeys(), plans, now);
  for (const resource of template.ofType('AWS::ApiGateway::ApiKey')) {
    const { Value: value, Enabled: isEnabled } = readProperties(resource, keyShape);
    store.keys.create({ id: resource.reference, name: resource.name, value, isEnabled });
  }
  for (const resource of template.ofType('AWS::ApiGateway::UsagePlanKey')) {
    const { KeyId: keyId, UsagePlanId: planId } = readProperties(resource, planKeyShape);
    store.attach(keyId, planId);
  }
  return store;
}
