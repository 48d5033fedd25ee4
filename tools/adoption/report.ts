import type { Account } from './cloud';
import type { Found } from './found-resource';
import type { Planned, Decision } from './plan';
import { DECISIONS } from './plan';
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
  readonly unreadable: readonly Unreadable[];
}

const HEADINGS: Readonly<Record<Decision, string>> = {
  blocked: 'NEEDS YOU FIRST',
  import: 'BACK UP AND IMPORT into the stage\'s stack',
  delete: 'DELETE',
  carry: 'CARRY OVER',
  keep: 'KEEP',
};

const NO_STACK = 'no stack';

export function report(stage: string, account: Account, planned: readonly Planned[], unreadable: readonly Unreadable[]): Report {
  return {
    stage,
    ...account,
    resources: planned.map(({ found, owner, decision, reason }) => ({
      kind: found.kind, name: found.name, id: found.id, stack: owner === 'unknown' ? owner : owner?.stack ?? null, holds: holdings(found), plan: decision, reason,
    })),
    unreadable,
  };
}

/** For people: what stands in the way first, what stays last. */
export function reportLines({ stage, account, region, resources, unreadable }: Report): readonly string[] {
  const groups = DECISIONS.flatMap((decision) => {
    const group = resources.filter((resource) => resource.plan === decision);
    return group.length === 0 ? [] : ['', `${HEADINGS[decision]} (${group.length})`, ...groupLines(group)];
  });
  return [
    `Stage ${stage} in account ${account}, region ${region}: ${resources.length} resource${resources.length === 1 ? '' : 's'} of its names`,
    ...groups,
    ...(unreadable.length === 0 ? [] : ['', 'NOT SEEN', ...columns(unreadable.map(({ kind, action }) => [kind, `these credentials lack ${action}`]))]),
  ];
}

/** What a stack owns is told in one line; JSON has it one by one. */
function groupLines(group: Report['resources']): readonly string[] {
  const isOwned = ({ stack, plan }: Report['resources'][number]) => plan === 'keep' && stack !== null && stack !== 'unknown';
  const stacks = [...new Set(group.filter(isOwned).map(({ stack }) => stack))];
  const owned = stacks.map((name) => `  ${counted(group.filter(({ stack }) => stack === name).length, 'resource')} that the stack ${name ?? ''} owns`);
  return [...columns(group.filter((resource) => !isOwned(resource)).map(rowOf)), ...owned];
}

function rowOf({ kind, name, stack, holds, reason }: Report['resources'][number]): readonly string[] {
  return [kind, name, stack ?? NO_STACK, holds, reason];
}

/** Pads each column to its longest word; the last one is not padded. */
function columns(rows: ReadonlyArray<readonly string[]>): readonly string[] {
  const widths = rows.reduce<readonly number[]>((widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)), []);
  return rows.map((row) => `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd());
}

function holdings(found: Found): string {
  switch (found.kind) {
    case 'queue': return counted(found.messages, 'message');
    // Its own count is hours old: that there is something is surer than how much.
    case 'table': return found.hasItems ? `${found.countedItems > 0 ? `about ${found.countedItems}` : 'some'} items` : 'no items';
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
