import type { Account, StageStack } from './cloud';
import type { Found, Ownership } from './found-resource';
import { KINDS } from './found-resource';
import { planAlarm, planApiKey, planMapping, planPolicy, planQueue, planRestApi, planRole, planUsagePlan } from './plan-by-kind';
import { planTable } from './plan-table';
import type { StageScope } from './stage-scope';
import type { StageTemplate } from './stage-template';
import type { DiscoveredResource } from './survey';
import type { TableDifferences } from './table-differences';

/** `carry`: clients' keys move to the stage's new plan. `blocked`: a person has to do something first. */
export const DECISIONS = ['blocked', 'import', 'delete', 'carry', 'keep'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface ValidationResult {
  readonly decision: Decision;
  /** Why, and what to know of it. */
  readonly reason: string;
  /** Of a table to import. */
  readonly differences?: TableDifferences;
}

export interface Planned extends ValidationResult {
  readonly found: Found;
  readonly owner: Ownership;
}

/** What a plan rests on beside what was found; the deployment's own question does without the template. */
export interface PlanContext {
  readonly scope: StageScope;
  readonly account?: Account;
  readonly template?: StageTemplate;
  readonly stack?: StageStack | undefined;
  readonly discardMessages?: boolean;
}

/** What is known of the others when one resource is judged. */
export interface PeerDecisions {
  /** APIs that go. */
  readonly goingApis: readonly string[];
  /** Names of roles that go. */
  readonly goingRoles: readonly string[];
}

/** Judges each resource, in the order in which it is safe to act. Pure: the same account makes the same plan. */
export function plan(discovered: readonly DiscoveredResource[], context: PlanContext): readonly Planned[] {
  const noPeers: PeerDecisions = { goingApis: [], goingRoles: [] };
  const going = <K extends 'REST API' | 'role'>(kind: K) => discovered
    .filter((resource) => resource.found.kind === kind && decide(resource, context, noPeers).decision === 'delete')
    .map(({ found }) => found.id);
  const peers = { goingApis: going('REST API'), goingRoles: going('role') };
  const planned = discovered.map((resource) => ({ ...resource, ...decide(resource, context, peers) }));
  return planned.sort((one, other) => orderOf(one.found) - orderOf(other.found) || compareNames(one.found, other.found));
}

function orderOf({ kind }: Found): number {
  return KINDS.indexOf(kind);
}

/** A queue goes before its dead-letter queue, whose name would come first. */
function compareNames(one: Found, other: Found): number {
  const rank = ({ kind, name }: Found) => (kind === 'queue' && name.includes('-dlq-') ? 1 : 0);
  return rank(one) - rank(other) || one.name.localeCompare(other.name);
}

function keep(reason: string): ValidationResult {
  return { decision: 'keep', reason };
}

function decide({ found, owner }: DiscoveredResource, context: PlanContext, peers: PeerDecisions): ValidationResult {
  const { scope } = context;
  if (owner === 'unknown') return { decision: 'blocked', reason: 'whose it is could not be seen' };
  if (owner) return keep(`the stack ${owner.stack} owns it`);
  // The lists of these kinds hold what concerns the stage by more than its name.
  const isDecidedByName = !['event source mapping', 'API key', 'role', 'policy', 'alarm', 'log group', 'secret'].includes(found.kind);
  if (isDecidedByName && scope.of(found.name) !== 'ours') return keep('bears the prefix, but is none of the engine\'s names: somebody else\'s');
  return decideUnowned(found, context, peers);
}

function decideUnowned(found: Found, context: PlanContext, peers: PeerDecisions): ValidationResult {
  switch (found.kind) {
    case 'event source mapping': return planMapping(found, context);
    case 'REST API': return planRestApi(found);
    case 'usage plan': return planUsagePlan(found, context, peers);
    case 'API key': return planApiKey(found, context);
    case 'role': return planRole(found, context);
    case 'policy': return planPolicy(found, peers);
    case 'queue': return planQueue(found, context);
    case 'alarm': return planAlarm(found, context);
    case 'table': return planTable(found, context);
    case 'secret': return keep('the engine reads its secrets under the same names');
    case 'function':
    case 'dashboard':
      return { decision: 'delete', reason: 'the deployment makes it anew' };
    case 'topic':
      return { decision: 'delete', reason: found.subscriptions === 0 ? 'nobody is subscribed' : `its ${found.subscriptions} subscriptions end: set alertEmail in src/infra/stages.ts, or subscribe again` };
    case 'log group':
      return { decision: 'delete', reason: found.bytes === 0 ? 'empty' : 'its lines go with it: export them first if they are wanted' };
  }
}

