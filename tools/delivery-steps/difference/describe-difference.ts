import type { StackDifference } from './compare-assemblies';
import type { ResourceChange } from './resource-change';
import { LOSING } from './resource-change';

/** Versions of functions: every release makes new ones and drops the old, which would bury what matters. */
const EVERY_RELEASE = new Set(['AWS::Lambda::Version']);

/** Longest table of what loses nothing; the rest is counted. */
const MOST_HARMLESS_ROWS = 60;

/** The text for people: what would be lost first, then the rest. */
export function describeDifference(stacks: readonly StackDifference[]): string {
  return ['## Infrastructure difference', ...stacks.map(describeStack)].join('\n\n');
}

function describeStack({ stack, kind, changes, broadensPermissions }: StackDifference): string {
  const title = `### ${code(stack)}`;
  if (kind === 'same') return `${title}\n\nNo difference.`;
  if (kind === 'new') return `${title}\n\nThe stack is new: ${count(changes.length, 'resource')}.`;
  if (kind === 'removed') {
    return `${title}\n\n**The stack is no longer part of the app.** No deployment deletes it: its `
      + `${count(changes.length, 'resource')} stay until an operator destroys the stack.`;
  }
  const everyRelease = changes.filter((change) => EVERY_RELEASE.has(change.type));
  const counted = changes.filter((change) => !EVERY_RELEASE.has(change.type));
  const losing = counted.filter((change) => LOSING.includes(change.fate));
  const harmless = counted.filter((change) => !LOSING.includes(change.fate));
  return [
    title,
    losing.length > 0 ? `**${headline(losing)}**` : 'Nothing is deleted or replaced.',
    ...(losing.length > 0 ? [table(losing)] : []),
    ...(broadensPermissions ? ['**Permissions become broader**: look at the roles and policies below.'] : []),
    ...(harmless.length > 0 ? [table(harmless.slice(0, MOST_HARMLESS_ROWS))] : []),
    ...(harmless.length > MOST_HARMLESS_ROWS
      ? [`… and ${count(harmless.length - MOST_HARMLESS_ROWS, 'more resource')}.`]
      : []),
    ...(everyRelease.length > 0
      ? [`Besides, ${count(everyRelease.length, 'function version')}, as with every release.`]
      : []),
  ].join('\n\n');
}

function headline(losing: readonly ResourceChange[]): string {
  const data = losing.filter(({ holdsData, keepsOld }) => holdsData && !keepsOld);
  const what = `${count(losing.length, 'resource')} deleted or replaced`;
  return data.length > 0
    ? `${what}; data is lost with ${data.map(({ logicalId }) => code(logicalId)).join(', ')}.`
    : `${what}.`;
}

function table(changes: readonly ResourceChange[]): string {
  return ['| becomes | resource | type | because of |', '| --- | --- | --- | --- |', ...changes.map(row)].join('\n');
}

/** Most values of one resource that are shown; the rest is named by its property alone. */
const MOST_VALUES = 6;

/** Each value as it was and as it will be; a property whose values are too many is only named. */
function reasons({ properties, values }: ResourceChange): string {
  if (values.length === 0) return properties.map(code).join(', ');
  const shown = values.slice(0, MOST_VALUES).map(({ path, before, after }) =>
    `${code(path)}: ${code(before)} → ${code(after)}`);
  const left = values.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${count(left, 'more value')}`] : [])].join('<br>');
}

function row(change: ResourceChange): string {
  const { fate, logicalId, type, holdsData, keepsOld } = change;
  const loses = LOSING.includes(fate);
  const note =
    loses && keepsOld ? ' (the old one is kept outside the stack)' : loses && holdsData ? ' (**holds data**)' : '';
  return `| ${loses ? `**${fate}**` : fate}${note} | ${code(logicalId)} | ${code(type)} | `
    + `${reasons(change)} |`;
}

/** Names come from the change itself: as code they can neither mention people nor break the table. */
function code(text: string): string {
  return `\`${text.replaceAll(/[`|\r\n]/g, '')}\``;
}

function count(amount: number, what: string): string {
  return amount === 1 ? `1 ${what}` : `${amount} ${what}s`;
}
