import type { ConditionContext } from './condition-operators';
import { conditionHolds } from './condition-operators';
import type { PatternSet, PolicyStatement, Principals } from './policy-statement';
import { matchesWildcard } from './wildcard-pattern';

/** Who asks: a role, or an AWS service in its own name. */
export type Principal =
  | { readonly kind: 'role'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly name: string };

export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

export type Decision =
  /** `by` are all the statements that allow it: each of them is in use. */
  | { readonly allowed: true; readonly by: readonly PolicyStatement[] }
  | { readonly allowed: false; readonly because: 'no-allow' | 'identity-deny' | 'resource-deny' };

/**
 * As IAM decides within one account: an explicit Deny wins, then any Allow of the role's own policies or of the
 * resource's that names the role.
 */
export function decide(
  request: AccessRequest,
  identity: readonly PolicyStatement[],
  resource: readonly PolicyStatement[],
): Decision {
  const ownStatements = identity.filter((statement) => applies(statement, request));
  const resourceStatements = resource.filter((statement) => applies(statement, request) && statement.principals);
  if (ownStatements.some(({ effect }) => effect === 'Deny')) return { allowed: false, because: 'identity-deny' };
  if (
    resourceStatements.some(
      (statement) => statement.effect === 'Deny' && names(statement.principals, request.principal, 'Deny'),
    )
  ) {
    return { allowed: false, because: 'resource-deny' };
  }
  const by = [
    ...ownStatements,
    ...resourceStatements.filter(
      (statement) => statement.effect === 'Allow' && names(statement.principals, request.principal, 'Allow'),
    ),
  ];
  return by.length > 0 ? { allowed: true, by } : { allowed: false, because: 'no-allow' };
}

/** Whether a set of action patterns (letter case ignored) or resource patterns takes a value in. */
export function contains(set: PatternSet, value: string, ignoreCase = false): boolean {
  return set.patterns.some((pattern) => matchesWildcard(pattern, value, ignoreCase)) !== set.inverted;
}

function applies(statement: PolicyStatement, { action, resource, context }: AccessRequest): boolean {
  return contains(statement.actions, action, true) &&
    contains(statement.resources, resource) &&
    statement.conditions.every((condition) => conditionHolds(condition, context));
}

/** An account as principal only lets its own policies decide, so it counts in a Deny but grants nothing by itself. */
function names(principals: Principals | undefined, principal: Principal, effect: 'Allow' | 'Deny'): boolean {
  if (!principals) return false;
  const found = principals.entries.some(({ kind, value }) => {
    if (principal.kind === 'service') return kind === 'Service' && matchesWildcard(value, principal.name);
    if (kind !== 'AWS') return false;
    const isAccount = value === principal.account || value.endsWith(`::${principal.account}:root`);
    return value === '*' || value === principal.arn || (isAccount && effect === 'Deny');
  });
  return found !== principals.inverted;
}
