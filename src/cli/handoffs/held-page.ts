import { REVIEW_LIMIT } from '../../core/lifecycle/review-transitions';
import type { HeldMessage } from '../../operations/handoffs/held-message';
import type { Rule } from '../../proof/rules/rules';
import { RULES } from '../../proof/rules/rules';
import type { PageSetting } from '../conversations/conversation-page';
import { referenceTo } from '../conversations/next-words';
import { field, indent } from '../layout';
import { duration, moment } from '../moments';

const NOT_WRITTEN = 'a fact is missing, so the model was not asked';
const DECIDE = 'Approve it, perhaps with --set <variable>=<value> for values of your own, or reject it.';
const WRITE_FIRST =
  'Approve it with --set <variable>=<value> for what is missing: the rest is composed then, and goes if it can be '
    + 'proved. Or reject it.';

/** One message of the list. */
export function listedLines(held: HeldMessage, now: number): readonly string[] {
  return [
    `${ageOf(held)}  ${held.channel}  ${held.reason}  to ${held.recipient}`,
    `  useful until ${moment(held.sendBefore, now)}`,
    `  ${held.conversationId}`,
  ];
}

/** All of one message. */
export function shownLines(held: HeldMessage, { command, now, columns }: PageSetting): readonly string[] {
  const { detail, values, text, facts } = held;
  const reference = referenceTo(held.conversationId);
  return [
    held.conversationId,
    `${held.channel} to ${held.recipient} ${held.recipientName}, from ${held.companyName}, ${held.projectName}`,
    '',
    ...field(
      'Waits',
      `${ageOf(held)}, since ${moment(held.heldSince, now)}; useful until ${moment(held.sendBefore, now)}`,
      columns,
    ),
    ...field('Why', `${held.words} (${held.reason})`, columns),
    ...(detail === undefined ? [] : field('Faults', detail, columns)),
    ...(detail === undefined ? [] : rulesIn(detail).flatMap((rule) => field('', `${rule}: ${RULES[rule]}`, columns))),
    ...Object.entries(held.verdicts).flatMap(([name, verdict]) => {
      const value = values?.[name];
      return field('Value', `${name} (${verdict})${value === undefined ? '' : `: ${value}`}`, columns);
    }),
    ...held.unwritten.flatMap((name) => field('Value', `${name} (not written yet: ${NOT_WRITTEN})`, columns)),
    ...(text === undefined ? field('Text', 'shown with --text') : ['Text', ...indent(text)]),
    ...(facts === undefined ? [] : ['Facts', ...indent(JSON.stringify(facts, undefined, 2))]),
    '',
    ...field('Next', held.unwritten.length > 0 ? WRITE_FIRST : DECIDE, columns),
    `  ${command('handoff', 'approve', reference)}`,
    `  ${command('handoff', 'reject', reference, '--reason', 'why it does not go')}`,
  ];
}

function ageOf({ waitedSeconds, overdue }: HeldMessage): string {
  return `${duration(waitedSeconds * 1000)} of ${duration(REVIEW_LIMIT)}${overdue ? ', OVERDUE' : ''}`;
}

/** The rules that a detail names, each once. */
export function rulesIn(detail: string): readonly Rule[] {
  return [...new Set(detail.match(/[a-z_]+/g) ?? [])].filter(isRule);
}

function isRule(word: string): word is Rule {
  return Object.hasOwn(RULES, word);
}
