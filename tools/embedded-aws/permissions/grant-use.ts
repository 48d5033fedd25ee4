import { contains } from './decision';
import type { PatternSet, PolicyStatement } from './policy-statement';

/** What was used of one statement that allows something; plain data, so that runs can be put together. */
export interface GrantUse {
  /** Logical id of the role. */
  readonly role: string;
  /** Policy and statement, in words. */
  readonly origin: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Those of `actions` and `resources` that some call needed. */
  readonly usedActions: readonly string[];
  readonly usedResources: readonly string[];
}

/** What no call needed of one statement. With no used action at all, the whole statement is idle. */
export interface UnusedGrant {
  readonly role: string;
  readonly origin: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly entirely: boolean;
}

/** Remembers which grants of which role were needed. */
export class GrantLedger {
  private readonly entries = new Map<
    PolicyStatement,
    { readonly role: string; readonly actions: Set<string>; readonly resources: Set<string> }
  >();

  /** From here on the role's grants are listed. */
  open(role: string, statements: readonly PolicyStatement[]): void {
    for (const statement of statements) {
      if (statement.effect === 'Allow') this.entries.set(statement, { role, actions: new Set(), resources: new Set() });
    }
  }

  record(statement: PolicyStatement, action: string, resource: string): void {
    const entry = this.entries.get(statement);
    for (const pattern of takingIn(statement.actions, action, true)) entry?.actions.add(pattern);
    for (const pattern of takingIn(statement.resources, resource, false)) entry?.resources.add(pattern);
  }

  use(): readonly GrantUse[] {
    return [...this.entries].map(([statement, { role, actions, resources }]) => ({
      role,
      origin: statement.origin,
      actions: shown(statement.actions),
      resources: shown(statement.resources),
      usedActions: [...actions],
      usedResources: [...resources],
    }));
  }
}

/** Puts the uses of several runs of the same stack together and lists what none of them needed. */
export function unusedGrants(...runs: ReadonlyArray<readonly GrantUse[]>): readonly UnusedGrant[] {
  const uses = new Map<string, GrantUse[]>();
  for (const use of runs.flat()) {
    uses.set(`${use.role}\n${use.origin}`, [...(uses.get(`${use.role}\n${use.origin}`) ?? []), use]);
  }
  return [...uses.values()].flatMap((sameGrant) => {
    const [first] = sameGrant;
    if (!first) return [];
    const usedActions = new Set(sameGrant.flatMap((use) => use.usedActions));
    const usedResources = new Set(sameGrant.flatMap((use) => use.usedResources));
    const actions = first.actions.filter((action) => !usedActions.has(action));
    const resources = first.resources.filter((resource) => !usedResources.has(resource));
    if (actions.length + resources.length === 0) return [];
    return [{ role: first.role, origin: first.origin, actions, resources, entirely: usedActions.size === 0 }];
  });
}

/** The patterns that a call's action or resource made use of; an inverted set is used as a whole. */
function takingIn(set: PatternSet, value: string, ignoreCase: boolean): readonly string[] {
  return set.inverted
    ? shown(set)
    : set.patterns.filter((pattern) => contains({ inverted: false, patterns: [pattern] }, value, ignoreCase));
}

function shown(set: PatternSet): readonly string[] {
  return set.inverted ? [`all but ${set.patterns.join(', ')}`] : set.patterns;
}
