import type { Account, StageStack } from './cloud';
import type { Found, Ownership } from './found-resource';
import { KINDS } from './found-resource';
import { planAlarm, planApiKey, planMapping, planPolicy, planQueue, planRestApi, planRole, planUsagePlan } from './plan-by-kind';
import { planTable } from './plan-table';
import type { StageScope } from './stage-scope';
import type { StageTemplate } from './stage-template';
import type { Sighting } from './survey';
import type { TableDifferences } from './table-differences';

/** `carry`: clients' keys move to the stage's new plan. `blocked`: a person has to do something first. */
export const VERDICTS = ['blocked', 'import', 'delete', 'carry', 'keep'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ValidationResult {
  readonly verdict: Verdict;
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
export interface Circumstances {
  readonly scope: StageScope;
  readonly account?: Account;
  readonly template?: StageTemplate;
  readonly stack?: StageStack | undefined;
  readonly discardMessages?: boolean;
}

/** What is known of the others when one resource is judged. */
export interface Company {
  /** APIs that go. */
  readonly goingApis: readonly string[];
  /** Names of roles that go. */
  readonly goingRoles: readonly string[];
}

/** Judges each resource, in the order in which it is safe to act. Pure: the same account makes the same plan. */
export function plan(sightings: readonly Sighting[], circumstances: Circumstances): readonly Planned[] {
  const nobody: Company = { goingApis: [], goingRoles: [] };
  const going = <K extends 'REST API' | 'role'>(kind: K) => sightings
    .filter((sighting) => sighting.found.kind === kind && judge(sighting, circumstances, nobody).verdict === 'delete')
    .map(({ found }) => found.id);
  const company = { goingApis: going('REST API'), goingRoles: going('role') };
  const planned = sightings.map((sighting) => ({ ...sighting, ...judge(sighting, circumstances, company) }));
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
  return { verdict: 'keep', reason };
}

function judge({ found, owner }: Sighting, circumstances: Circumstances, company: Company): ValidationResult {
  const { scope } = circumstances;
  if (owner === 'unseen') return { verdict: 'blocked', reason: 'whose it is could not be seen' };
  if (owner) return keep(`the stack ${owner.stack} owns it`);
  // The lists of these kinds hold what concerns the stage by more than its name.
  const isJudgedByName = !['event source mapping', 'API key', 'role', 'policy', 'alarm', 'log group', 'secret'].includes(found.kind);
  if (isJudgedByName && scope.of(found.name) !== 'ours') return keep('bears the prefix, but is none of the engine\'s names: somebody else\'s');
  return judgeUnowned(found, circumstances, company);
}

function judgeUnowned(found: Found, circumstances: Circumstances, company: Company): ValidationResult {
  switch (found.kind) {
    case 'event source mapping': return planMapping(found, circumstances);
    case 'REST API': return planRestApi(found);
    case 'usage plan': return planUsagePlan(found, circumstances, company);
    case 'API key': return planApiKey(found, circumstances);
    case 'role': return planRole(found, circumstances);
    case 'policy': return planPolicy(found, company);
    case 'queue': return planQueue(found, circumstances);
    case 'alarm': return planAlarm(found, circumstances);
    case 'table': return planTable(found, circumstances);
    case 'secret': return keep('the engine reads its secrets under the same names');
    case 'function':
    case 'dashboard':
      return { verdict: 'delete', reason: 'the deployment makes it anew' };
    case 'topic':
      return { verdict: 'delete', reason: found.subscriptions === 0 ? 'nobody is subscribed' : `its ${found.subscriptions} subscriptions end: set alertEmail in src/infra/stages.ts, or subscribe again` };
    case 'log group':
      return { verdict: 'delete', reason: found.bytes === 0 ? 'empty' : 'its lines go with it: export them first if they are wanted' };
  }
}

