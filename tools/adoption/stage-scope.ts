import { CHANNELS } from '../../src/core/channel';
import type { ResourceNames } from '../../src/core/names';
import { PRODUCT, resourceNames } from '../../src/core/names';
import type { OldNames } from './old-names';
import { knownOldNames } from './old-names';

/**
 * The names of a stage: `ours` are names of the engine itself, `old` ones of its predecessor, `near` ones only look
 * like it.
 */
export type Belonging = 'ours' | 'old' | 'near' | 'foreign';

/** Which names belong to the stage that is adopted. */
export class StageScope {
  readonly names: ResourceNames;
  readonly functions: readonly string[];
  readonly queues: readonly string[];
  readonly tables: readonly string[];
  private readonly exact: ReadonlySet<string>;
  private readonly old: ReadonlySet<string>;

  /** `stages`: all that are known, because the name of one may end like another's. */
  constructor(
    readonly stage: string, private readonly stages: readonly string[] = [],
    readonly oldNames: OldNames = knownOldNames(stage),
  ) {
    this.old = new Set(Object.values(oldNames).flat());
    const names = resourceNames(stage);
    this.names = names;
    this.functions = [
      names.router,
      names.reader,
      names.canceller,
      names.dryRun,
      names.clientReplies,
      names.eventApi,
      names.vendorWebhooks,
      names.conversationTurns,
      names.reconciler,
      names.eventPublisher,
      names.eventDeliveries,
      ...CHANNELS.map(names.processor),
    ];
    this.queues = [
      ...CHANNELS.map(names.queue), ...CHANNELS.map(names.deadLetterQueue), names.turnQueue, names.turnDeadLetterQueue,
      names.handoffQueue, names.deliveryQueue, names.deliveryDeadLetters,
    ];
    this.tables = [names.companyTable, names.conversationTable, names.eventTable];
    this.exact = new Set([
      ...this.functions, ...this.queues, ...this.tables, names.api, names.usagePlan, names.alertsTopic, names.apiKey,
      names.dashboard,
    ]);
  }

  of(name: string): Belonging {
    if (this.exact.has(name)) return 'ours';
    if (this.old.has(name)) return 'old';
    return this.looksLikeOurs(name) ? 'near' : 'foreign';
  }

  isOld(name: string): boolean {
    return this.old.has(name);
  }

  /** By prefix and stage alone, as roles, policies and alarms of a hand-made environment are named. */
  looksLikeOurs(name: string): boolean {
    const isOfStage = (stage: string) => name.endsWith(`-${stage}`);
    const longer = this.stages.filter((other) => other !== this.stage && other.endsWith(`-${this.stage}`));
    return name.startsWith(PRODUCT) && isOfStage(this.stage) && !longer.some(isOfStage);
  }

  /** A role that Lambda's console makes: the function's name, `-role-` and eight characters. */
  isConsoleRole(role: string): boolean {
    return this.functions.some(
      (name) => role.startsWith(`${name}-role-`) && /^[a-z0-9]{8}$/.test(role.slice(`${name}-role-`.length)));
  }

  isSecret(name: string): boolean {
    return name.startsWith(`${PRODUCT}/`) && this.looksLikeOurs(name);
  }

  /** `apiIds`: of the stage's own APIs, after which API Gateway names the groups of their execution logs. */
  logGroups(apiIds: readonly string[]): readonly string[] {
    return [
      ...[...this.functions, ...this.oldNames.functions].map((name) => `/aws/lambda/${name}`),
      `/aws/apigateway/${this.names.api}`,
      ...apiIds.map((id) => `API-Gateway-Execution-Logs_${id}/${this.stage}`),
    ];
  }
}
