import { readFileSync } from 'node:fs';
import type { Change, Test, Where } from '../../../src/core/lifecycle/change';
import { STATUSES, TERMINAL_STATUSES } from '../../../src/core/lifecycle/conversation';
import { ATTEMPTS, TIMES, WAITS } from '../../../src/core/lifecycle/limits';
import { everyTransition, TRANSITION_TIME } from '../../support/every-transition';

const page = readFileSync('docs/message-lifecycle.md', 'utf8');

/** Cells of the rows of the table under this heading. */
function tableUnder(heading: string): ReadonlyArray<readonly string[]> {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

const code = (word: string) => `\`${word}\``;

/** Every way in which a message can end without having been sent. */
const ENDINGS = [
  ...['suppressed', 'expired', 'superseded', 'failed_secrets_fetch', 'failed_to_process_ai'].map((status) => ({ status })),
  ...['failed_to_send_message', 'failed_unknown'].map((status) => ({ status })),
  { reason: 'recipient_opted_out' },
];
const variants = ENDINGS.flatMap((ending) => everyTransition(ending));

/** The transition as its row says it, but for the reason. */
function rowOf({ name, when }: Change): readonly string[] {
  const from = when.flatMap((where) => {
    const test = where.conversation_status;
    return test && 'oneOf' in test ? test.oneOf : [];
  });
  const states = STATUSES.filter((status) => from.includes(status));
  const to = new Set<string | undefined>(
    variants.filter((one) => one.name === name).map(({ set }) => set.conversation_status),
  );
  return [
    `*${name}*`,
    states.length === 0 ? 'any' : states.map(code).join(', '),
    to.has(undefined) ? 'as it was' : STATUSES.filter((status) => to.has(status)).map(code).join(', '),
    [...new Set(when.map(conditionOf))].join(', or ') || '–',
  ];
}

function conditionOf(where: Where): string {
  const tests = Object.entries(where).filter(([attribute]) => attribute !== 'conversation_status');
  return tests
    .flatMap(([attribute, test]) => (test ? [`${code(attribute)} ${conditionWords(test)}`] : []))
    .join(' and ');
}

function conditionWords(test: Test): string {
  if ('exists' in test) return test.exists ? 'is there' : 'is not there';
  if ('contains' in test) return 'holds it';
  if ('lacks' in test) return 'does not hold it';
  if ('oneOf' in test) return 'is lower';
  if ('equals' in test) return 'is the same';
  const bound = 'below' in test ? test.below : test.atLeast;
  if (typeof bound === 'number') return `is below ${bound}`;
  if (Math.abs(Date.parse(bound) - TRANSITION_TIME) > 1) {
    throw new Error(`${bound} is not a moment that this page has words for.`);
  }
  return 'below' in test ? 'is over' : 'is not over';
}

test('each transition stands in its row with its states and conditions as the code has them, and a reason', () => {
  const rows = tableUnder('Transitions');
  // The page is in the order of a message's life, the code in the compiler's order of exports.
  const byName = ([one = '']: readonly string[], [other = '']: readonly string[]) => (one < other ? -1 : 1);
  expect(rows.map((cells) => cells.slice(0, 4)).sort(byName)).toEqual(everyTransition().map(rowOf).sort(byName));
  for (const [name, , , , reason] of rows) expect([name, reason]).toEqual([name, expect.stringMatching(/\w.*\.$/)]);
});

test('each state stands in its row, and the terminal ones say so', () => {
  const rows = tableUnder('States');
  const terminal: readonly string[] = TERMINAL_STATUSES;
  expect(rows.map(([state, , isTerminal]) => [state, isTerminal])).toEqual(
    STATUSES.map((status) => [code(status), terminal.includes(status) ? 'yes' : 'no']),
  );
});

test('the times and bounds are those of the code', () => {
  const seconds = Object.entries(TIMES).map(([name, milliseconds]) => [code(name), `${milliseconds / 1000} s`]);
  const bounds = [[code('ATTEMPTS'), String(ATTEMPTS)], [code('WAITS'), String(WAITS)]];
  expect(tableUnder('Times and bounds').map((cells) => cells.slice(0, 2))).toEqual([...seconds, ...bounds]);
});
