import type { PlanContext, ValidationResult } from './decision';
import type {
  Found, FoundAlarm, FoundApiKey, FoundMapping, FoundPolicy, FoundQueue, FoundRestApi, FoundRole,
  FoundUsagePlan, Ownership,
} from './found-resource';
import { KINDS } from './found-resource';
import { planTable } from './plan-table';
import type { DiscoveredResource } from './survey';

export interface Planned extends ValidationResult {
  readonly found: Found;
  readonly owner: Ownership;
}

/** What is known of the others when one resource is judged. */
interface PeerDecisions {
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
  return planned.sort(
    (one, other) => orderOf(one.found) - orderOf(other.found) || compareNames(one.found, other.found));
}

function orderOf({ kind }: Found): number {
  return KINDS.indexOf(kind);
}

/** A queue before its dead-letter queue, which sorts first by name. */
function compareNames(one: Found, other: Found): number {
  const rank = ({ kind, name }: Found) => (kind === 'queue' && name.includes('-dlq-') ? 1 : 0);
  return rank(one) - rank(other) || one.name.localeCompare(other.name);
}

function keep(reason: string): ValidationResult {
  return { decision: 'keep', reason };
}

function decide({ found, owner }: DiscoveredResource, context: PlanContext, peers: PeerDecisions): ValidationResult {
  const { scope } = context;
  if (owner === 'unseen') return { decision: 'blocked', reason: 'its owner could not be read' };
  if (owner) return keep(`the stack ${owner.stack} owns it`);
  // The lists of these kinds hold what concerns the stage by more than its name.
  const isDecidedByName = ![
    'event source mapping', 'API key', 'role', 'policy', 'alarm', 'log group', 'secret',
  ].includes(found.kind);
  if (scope.isOld(found.name.replace(/^\/aws\/lambda\//, ''))) {
    return keep(
      'the old engine\'s: the steps of the takeover decide about it');
  }
  if (isDecidedByName && scope.of(found.name) !== 'ours') {
    return keep(
      'has the prefix, but is not a name of the engine: another owner\'s');
  }
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
      return { decision: 'delete', reason: 'the deployment creates it again' };
    case 'topic':
      return {
        decision: 'delete',
        reason: found.subscriptions === 0
          ? 'it has no subscriber' : `its ${
            found.subscriptions} subscriptions end: set alertEmail in src/infra/stages.ts, or subscribe again`,
      };
    case 'log group':
      return {
        decision: 'delete',
        reason: found.bytes === 0 ? 'empty' : 'its lines are deleted too: export them first if you need them',
      };
  }
}

/** Services whose use of a role can be seen: functions name theirs, and an API is deleted with its functions. */
const SERVICES = ['lambda.amazonaws.com', 'apigateway.amazonaws.com'];

function planMapping({ id, functionName, source }: FoundMapping, { scope }: PlanContext): ValidationResult {
  if (scope.functions.includes(functionName)) return { decision: 'delete', reason: 'its function is deleted' };
  if (!scope.queues.includes(source)) return keep(`${functionName}, which is not the engine's, reads ${source}`);
  if (scope.isOld(functionName)) {
    return {
      decision: 'blocked', reason: 'the old engine\'s function takes this queue\'s messages: '
      + `take the old environment over with npx projen adopt --stage ${scope.stage}`,
    };
  }
  return {
    decision: 'blocked', reason: 'another owner\'s function takes messages of the engine\'s queue: '
    + `move it to a queue of its own, or run aws lambda delete-event-source-mapping --uuid ${id}`,
  };
}

function planRestApi({ domains }: FoundRestApi): ValidationResult {
  if (domains.length > 0) {
    return keep(`clients reach it by ${
      domains.join(' and ')}: until it leads to the new API they get errors; then run adopt again`);
  }
  return { decision: 'delete', reason: 'the new API has another URL: clients that call this one\'s need it' };
}

/** A client holds each key in a plan. */
function planUsagePlan(
  { keyIds, apiStages }: FoundUsagePlan, { stack }: PlanContext, { goingApis }: PeerDecisions): ValidationResult {
  const isShared = apiStages.some(({ apiId }) => !goingApis.includes(apiId));
  if (keyIds.length > 0) {
    const keys = keyIds.length === 1 ? 'its key moves' : `its ${keyIds.length} keys move`;
    if (stack?.usagePlanId === undefined) {
      return keep(
        `${keys} to the stage's own plan when adopt runs again after the deployment`);
    }
    return {
      decision: 'carry',
      reason: `${keys} to the stage's own plan${
        isShared ? '; this one stays, since it serves other APIs' : ', then this one is deleted'}`,
    };
  }
  return isShared ? keep('it serves other APIs too') : { decision: 'delete', reason: 'it has no keys' };
}

function planApiKey({ id, plans }: FoundApiKey, { scope }: PlanContext): ValidationResult {
  if (plans.length === 0) return keep('in no plan, so that no client can use it: delete it if it is not needed');
  return keep('a client has it: bind it to its company with '
    + `engine key adopt <company> --project <project> --api-key-id ${id} --stage ${scope.stage}`);
}

/** A role is global and may have other users: it is deleted only if nothing shows one. */
function planRole(role: FoundRole, { scope, account }: PlanContext): ValidationResult {
  const { name, usedBy, instanceProfiles, trusts, taggedStack, lastUsedRegion } = role;
  const here = account?.region;
  const others = usedBy.filter((user) => !scope.functions.includes(user));
  const otherPrincipals = trusts.filter((one) => !SERVICES.includes(one));
  const stackRegion = taggedStack?.split(':')[3];
  if (stackRegion !== undefined && stackRegion !== here) {
    return keep(
      `a stack of ${stackRegion} made it (${taggedStack?.split('/')[1] ?? taggedStack ?? ''})`);
  }
  if (others.length > 0) return keep(`${others.join(' and ')} runs with it too`);
  if (instanceProfiles.length > 0) {
    return keep(
      `EC2 instances may run with it (instance profile ${instanceProfiles.join(' and ')})`);
  }
  if (role.writesApiLogs) return keep('API Gateway writes the logs of all APIs of the account with it');
  if (otherPrincipals.length > 0) {
    return keep(
      `not only functions may assume it (${[...new Set(otherPrincipals)].join(' and ')})`);
  }
  if (lastUsedRegion !== undefined && lastUsedRegion !== here) return keep(`it was last used in ${lastUsedRegion}`);
  if (!scope.looksLikeOurs(name) && !scope.isConsoleRole(name)) {
    return keep(
      'a function of the stage runs with it, but its name does not show its owner: '
      + 'delete it yourself if it is not needed');
  }
  return { decision: 'delete', reason: 'the deployment makes roles of its own' };
}

function planPolicy({ attachedTo }: FoundPolicy, { goingRoles }: PeerDecisions): ValidationResult {
  const others = attachedTo.filter((one) => !goingRoles.includes(one));
  return others.length > 0
    ? keep(`${others.join(' and ')} has it too`)
    : { decision: 'delete', reason: 'only roles that are deleted have it' };
}

function planQueue({ messages }: FoundQueue, { discardMessages }: PlanContext): ValidationResult {
  if (messages === 0) return { decision: 'delete', reason: 'empty' };
  if (discardMessages) return { decision: 'delete', reason: `its ${messages} messages are discarded` };
  const counted = messages === 1 ? 'a message' : `${messages} messages`;
  return {
    decision: 'blocked',
    reason: `holds ${counted}: wait until the functions have processed them, or give --discard-messages`,
  };
}

function planAlarm({ name, watches }: FoundAlarm, { scope, template }: PlanContext): ValidationResult {
  if (template?.alarms.includes(name)) return { decision: 'delete', reason: 'the deployment creates it again' };
  const watchesOurs = watches.some((value) => scope.of(value) === 'ours');
  if (!watchesOurs) return keep('has the prefix, but watches nothing of the engine: another owner\'s');
  if (!scope.looksLikeOurs(name)) {
    return keep(
      'another owner\'s alarm; it watches what the deployment creates under the same name');
  }
  return { decision: 'delete', reason: 'the deployment brings its own alarms' };
}
