import type { FoundAlarm, FoundApiKey, FoundMapping, FoundPolicy, FoundQueue, FoundRestApi, FoundRole, FoundUsagePlan } from './found-resource';
import type { PlanContext, PeerDecisions, ValidationResult } from './plan';

/** Services whose use of a role can be seen: functions tell theirs, and an API goes with its functions. */
const SERVICES = ['lambda.amazonaws.com', 'apigateway.amazonaws.com'];

function keep(reason: string): ValidationResult {
  return { decision: 'keep', reason };
}

export function planMapping({ functionName, source }: FoundMapping, { scope }: PlanContext): ValidationResult {
  if (scope.functions.includes(functionName)) return { decision: 'delete', reason: 'its function goes' };
  return keep(`feeds ${functionName}, which is not the engine's; it finds ${source} again under the same name`);
}

export function planRestApi({ domains }: FoundRestApi): ValidationResult {
  if (domains.length > 0) {
    return keep(`clients reach it by ${domains.join(' and ')}: until it leads to the new API they get errors; then run adopt again`);
  }
  return { decision: 'delete', reason: 'the new API has another URL: clients that call this one\'s need it' };
}

/** A key in a plan is in a client's hands. */
export function planUsagePlan({ keyIds, apiStages }: FoundUsagePlan, { stack }: PlanContext, { goingApis }: PeerDecisions): ValidationResult {
  const isShared = apiStages.some(({ apiId }) => !goingApis.includes(apiId));
  if (keyIds.length > 0) {
    const keys = keyIds.length === 1 ? 'its key moves' : `its ${keyIds.length} keys move`;
    if (stack?.usagePlanId === undefined) return keep(`${keys} to the stage's own plan when adopt runs again after the deployment`);
    return { decision: 'carry', reason: `${keys} to the stage's own plan${isShared ? '; this one stays, since it serves other APIs' : ', then this one is deleted'}` };
  }
  return isShared ? keep('it serves other APIs too') : { decision: 'delete', reason: 'it has no keys' };
}

export function planApiKey({ id, plans }: FoundApiKey, { scope }: PlanContext): ValidationResult {
  if (plans.length === 0) return keep('in no plan, so nobody can use it: delete it by hand once that is sure');
  return keep(`a client has it: bind it to its company by engine key adopt <company> --project <project> --api-key-id ${id} --stage ${scope.stage}`);
}

/** A role is seen from every region and may be anybody's: it goes only if nothing speaks against it. */
export function planRole(role: FoundRole, { scope, account }: PlanContext): ValidationResult {
  const { name, usedBy, instanceProfiles, trusts, taggedStack, lastUsedRegion } = role;
  const here = account?.region;
  const others = usedBy.filter((user) => !scope.functions.includes(user));
  const otherPrincipals = trusts.filter((one) => !SERVICES.includes(one));
  const stackRegion = taggedStack?.split(':')[3];
  if (stackRegion !== undefined && stackRegion !== here) return keep(`a stack of ${stackRegion} made it (${taggedStack?.split('/')[1] ?? taggedStack ?? ''})`);
  if (others.length > 0) return keep(`${others.join(' and ')} runs with it too`);
  if (instanceProfiles.length > 0) return keep(`machines may run with it (instance profile ${instanceProfiles.join(' and ')})`);
  if (role.writesApiLogs) return keep('API Gateway writes the logs of all APIs of the account with it');
  if (otherPrincipals.length > 0) return keep(`not only functions may take it on (${[...new Set(otherPrincipals)].join(' and ')})`);
  if (lastUsedRegion !== undefined && lastUsedRegion !== here) return keep(`it was last used in ${lastUsedRegion}`);
  if (!scope.looksLikeOurs(name) && !scope.isConsoleRole(name)) return keep('the stage\'s function runs with it, but its name does not say whose it is: delete it by hand if nobody needs it');
  return { decision: 'delete', reason: 'the deployment makes roles of its own' };
}

export function planPolicy({ attachedTo }: FoundPolicy, { goingRoles }: PeerDecisions): ValidationResult {
  const others = attachedTo.filter((one) => !goingRoles.includes(one));
  return others.length > 0 ? keep(`${others.join(' and ')} has it too`) : { decision: 'delete', reason: 'only roles that go have it' };
}

export function planQueue({ messages }: FoundQueue, { discardMessages }: PlanContext): ValidationResult {
  if (messages === 0) return { decision: 'delete', reason: 'empty' };
  if (discardMessages) return { decision: 'delete', reason: `its ${messages} messages are discarded` };
  return { decision: 'blocked', reason: `holds ${messages === 1 ? 'a message' : `${messages} messages`}: let the functions work them off, or give --discard-messages` };
}

export function planAlarm({ name, watches }: FoundAlarm, { scope, template }: PlanContext): ValidationResult {
  if (template?.alarms.includes(name)) return { decision: 'delete', reason: 'the deployment makes it anew' };
  const watchesOurs = watches.some((value) => scope.of(value) === 'ours');
  if (!watchesOurs) return keep('bears the prefix, but watches nothing of the engine: somebody else\'s');
  if (!scope.looksLikeOurs(name)) return keep('somebody\'s own alarm; it watches what the deployment makes under the same name');
  return { decision: 'delete', reason: 'the deployment brings its own alarms' };
}
