import type { Conversation } from '../../core/lifecycle/conversation';
import { explain } from '../../core/lifecycle/failure';
import { REVIEW_LIMIT } from '../../core/lifecycle/review-transitions';
import { RULES } from '../../proof/rules/rules';
import type { Rule } from '../../proof/rules/rules';
import { duration } from '../conversations/lines';
import type { ToldConversation } from '../conversations/told-conversation';
import { recipientName, toldConversation } from '../conversations/told-conversation';

/** A message that waits for a person, as the person may see it. */
export interface HeldMessage extends ToldConversation {
  readonly recipientName: string;
  readonly reason: string;
  readonly words: string;
  readonly detail?: string;
  readonly heldSince: string;
  readonly waitedSeconds: number;
  /** Beyond the age at which an alarm rings. */
  readonly overdue: boolean;
  readonly sendBefore: string;
  /** By variable, where each value comes from. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** With the text asked for: by variable, and what the recipient would read. */
  readonly values?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export function heldMessage(conversation: Conversation, shows: { readonly reveal: boolean; readonly text: boolean }, now: number): HeldMessage {
  const { composition, failure_reason: reason = 'review_requested', failure_detail: detail, due_at: since = conversation.updated_at } = conversation;
  const waited = Math.max(0, now - Date.parse(since));
  return {
    ...toldConversation(conversation, shows.reveal),
    recipientName: recipientName(conversation, shows.reveal),
    reason,
    words: explain(reason).cause,
    ...(detail === undefined ? {} : { detail }),
    heldSince: since,
    waitedSeconds: Math.round(waited / 1000),
    overdue: waited >= REVIEW_LIMIT,
    sendBefore: conversation.send_before,
    verdicts: composition?.verdicts ?? {},
    ...(shows.text && composition ? { values: composition.values, text: composition.filled.text } : {}),
    ...(shows.reveal ? { facts: conversation.project_data } : {}),
  };
}

/** For people: one message of the list. */
export function listedLines(held: HeldMessage): readonly string[] {
  return [
    `${age(held)}  ${held.channel}  ${held.reason}  to ${held.recipient}  useful until ${held.sendBefore}`,
    `  ${held.conversationId}`,
  ];
}

/** For people: all of one message. */
export function shownLines(held: HeldMessage): readonly string[] {
  const { detail, values, text, facts } = held;
  return [
    held.conversationId,
    `${held.channel} to ${held.recipient} ${held.recipientName}, from ${held.companyName}, ${held.projectName}`,
    '',
    `Waits     ${age(held)}, since ${held.heldSince}; useful until ${held.sendBefore}`,
    `Why       ${held.words} (${held.reason})`,
    ...(detail === undefined ? [] : [`Faults    ${detail}`, ...rulesIn(detail).map((rule) => `          ${rule}: ${RULES[rule]}`)]),
    ...Object.entries(held.verdicts).map(([name, verdict]) => `Value     ${name} (${verdict})${values?.[name] === undefined ? '' : `: ${values[name]}`}`),
    ...(text === undefined ? ['Text      shown with --text'] : ['Text', ...text.split('\n').map((line) => `  ${line}`)]),
    ...(facts === undefined ? [] : ['Facts', ...JSON.stringify(facts, undefined, 2).split('\n').map((line) => `  ${line}`)]),
    '',
    `Next      engine handoff approve '${held.conversationId}' (perhaps with --set '<variable>=<value>'), or engine handoff reject '${held.conversationId}' --reason '…'`,
  ];
}

function age({ waitedSeconds, overdue }: HeldMessage): string {
  return `${duration(waitedSeconds * 1000)} of ${duration(REVIEW_LIMIT)}${overdue ? ', OVERDUE' : ''}`;
}

/** The rules that a detail names, each once. */
export function rulesIn(detail: string): readonly Rule[] {
  return [...new Set(detail.match(/[a-z_]+/g) ?? [])].filter((word): word is Rule => Object.hasOwn(RULES, word));
}
