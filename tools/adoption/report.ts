import type { Account, ForeignCaller, StageStack } from './cloud';
import type { Found } from './found-resource';
import type { Decision } from './decision';
import { DECISIONS } from './decision';
import type { Planned } from './plan';
import type { Unreadable } from './survey';

/** The plan as programs read it. */
export interface Report extends Account {
  readonly stage: string;
  readonly resources: ReadonlyArray<{
    readonly kind: string;
    readonly name: string;
    readonly id: string;
    /** `null`: none owns it; `unseen`: it could not be asked. */
    readonly stack: string | null;
    readonly holds: string;
    readonly plan: Decision;
    readonly reason: string;
  }>;
  readonly notSeen: readonly Unreadable[];
}

const HEADINGS: Readonly<Record<Decision, string>> = {
  blocked: 'NEEDS YOU FIRST',
  import: 'BACK UP AND IMPORT into the stage\'s stack',
  delete: 'DELETE',
  carry: 'CARRY OVER',
  keep: 'KEEP',
};

const NO_STACK = 'no stack';

export function report(
  stage: string, account: Account, planned: readonly Planned[], unreadable: readonly Unreadable[]): Report {
  return {
    stage,
    ...account,
    resources: planned.map(({ found, owner, decision, reason }) => ({
      kind: found.kind, name: found.name, id: found.id, stack: owner === 'unseen' ? owner : owner?.stack ?? null,
      holds: holdings(found), plan: decision, reason,
    })),
    notSeen: unreadable,
  };
}

/** As text: what blocks first, what is kept last. */
export function reportLines({ stage, account, region, resources, notSeen }: Report): readonly string[] {
  const groups = DECISIONS.flatMap((decision) => {
    const group = resources.filter((resource) => resource.plan === decision);
    return group.length === 0 ? [] : ['', `${HEADINGS[decision]} (${group.length})`, ...groupLines(group)];
  });
  return [
    `Stage ${stage} in account ${account}, region ${region}: ${resources.length} resource${
      resources.length === 1 ? '' : 's'} of its names`,
    ...groups,
    ...(notSeen.length === 0
      ? [] : ['', 'NOT SEEN',
        ...columns(notSeen.map(({ kind, action }) => [kind, `these credentials lack ${action}`]))]),
  ];
}

/** What a stack owns is one line; JSON has each resource. */
function groupLines(group: Report['resources']): readonly string[] {
  const isOwned = ({ stack, plan }: Report['resources'][number]) => plan === 'keep' && stack !== null
    && stack !== 'unseen';
  const stacks = [...new Set(group.filter(isOwned).map(({ stack }) => stack))];
  const owned = stacks.map(
    (name) => `  ${counted(
      group.filter(({ stack }) => stack === name).length, 'resource')} that the stack ${name ?? ''} owns`);
  return [...columns(group.filter((resource) => !isOwned(resource)).map(rowOf)), ...owned];
}

function rowOf({ kind, name, stack, holds, reason }: Report['resources'][number]): readonly string[] {
  return [kind, name, stack ?? NO_STACK, holds, reason];
}

/** Pads each column to its longest word; the last one is not padded. */
function columns(rows: ReadonlyArray<readonly string[]>): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)), []);
  return rows.map(
    (row) => `  ${row.map(
      (cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd());
}

function holdings(found: Found): string {
  switch (found.kind) {
    case 'queue': return counted(found.messages, 'message');
    // Its own count is hours old: that there is something is surer than how much.
    case 'table': return found.hasItems
      ? `${found.countedItems > 0 ? `about ${found.countedItems}` : 'some'} items` : 'no items';
    case 'usage plan': return counted(found.keyIds.length, 'key');
    case 'topic': return counted(found.subscriptions, 'subscription');
    case 'log group': return `${Math.ceil(found.bytes / 1024)} kB`;
    case 'event source mapping':
    case 'REST API':
    case 'API key':
    case 'function':
    case 'role':
    case 'policy':
    case 'alarm':
    case 'dashboard':
    case 'secret':
      return '-';
  }
}

function counted(count: number, word: string): string {
  return `${count === 0 ? 'no' : count} ${word}${count === 1 ? '' : 's'}`;
}

/** What is left, and the next command. */
export function nextSteps(
  stage: string, planned: readonly Planned[], unreadable: readonly Unreadable[],
  stack: StageStack | undefined): readonly string[] {
  const has = (decision: Decision) => planned.some((one) => one.decision === decision);
  if (unreadable.length > 0) {
    return ['Next: sign in with a role that may read everything, then run this command again.'];
  }
  if (has('blocked')) return ['Next: do what is said above under NEEDS YOU FIRST, then run this command again.'];
  if (has('import') || has('delete') || has('carry')) return [`Next: npx projen adopt --stage ${stage} --apply`];
  const waiting = planned.some(
    ({ found, owner }) => found.kind === 'usage plan' && owner === undefined && found.keyIds.length > 0);
  const isDeployed = stack?.usagePlanId !== undefined;
  if (planned.length === 0 && !stack) {
    return [
      'The stage has no resources in this region. If that is not what you expect, check AWS_PROFILE and the region of '
      + `the stage in .projenrc.ts. Next: ${deployCommand(stage)}`,
    ];
  }
  if (isDeployed) return ['Nothing is left to adopt: what no stack owns is listed under KEEP.'];
  return [
    `Nothing blocks a deployment any more. Next: ${deployCommand(stage)}`,
    ...(waiting ? [
      `After the deployment: npx projen adopt --stage ${stage} --apply, which moves clients' keys `
      + 'to the new usage plan.',
    ] : []),
  ];
}

/** `dev` is what a deployment means where no stage is named. */
function deployCommand(stage: string): string {
  return `npx projen deploy${stage === 'dev' ? '' : ` --stage ${stage}`}`;
}

/** What calls the stage from elsewhere: a person has to say what becomes of it. */
export function callerLines(callers: readonly ForeignCaller[]): readonly string[] {
  if (callers.length === 0) return [];
  return [
    '', `CALLED FROM ELSEWHERE (${callers.length}): let each go on to the new engine, or take it away, before it is taken over`,
    ...columns(callers.map(({ source, target }) => [source, `reaches ${target}`])),
  ];
}
