import { randomUUID } from 'node:crypto';
import { RULES } from '../../proof/rules/rules';
import { approve } from '../../review/approve';
import type { ApproveResult, NotDecided, RejectResult } from '../../review/decision';
import { reject } from '../../review/reject';
import type { ReviewPorts } from '../../review/review-ports';
import { channelQueue } from '../channel-queues';
import { CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';
import { SHELL_CLOCK, stageRecords } from '../stage-records';

/** What was decided, as the operator reads it. */
export interface Decided {
  readonly conversationId: string;
  readonly outcome: string;
  readonly sentence: string;
}

export function reviewPorts(clients: StageClients): ReviewPorts {
  const { conversations, directory } = stageRecords(clients);
  return { conversations, directory, queue: channelQueue(clients), clock: SHELL_CLOCK, newIdentifier: randomUUID };
}

export async function approveMessage(order: Parameters<typeof approve>[0], ports: ReviewPorts): Promise<Decided> {
  return approvedOrRefused(order.conversationId, await approve(order, ports));
}

export async function rejectMessage(order: Parameters<typeof reject>[0], ports: ReviewPorts): Promise<Decided> {
  return rejectedOrRefused(order.conversationId, await reject(order, ports));
}

export function approvedOrRefused(id: string, result: ApproveResult): Decided {
  const decided = (sentence: string): Decided => ({ conversationId: id, outcome: result.outcome, sentence: `${id}: ${sentence}` });
  switch (result.outcome) {
    case 'approved':
      return decided(`approved by ${reviewerOf(result)}; it goes to the channel now.`);
    case 'sent_to_composition':
      return decided(`approved by ${reviewerOf(result)}; it has no words yet, so it is composed now and goes if they can be proved.`);
    case 'approved_before':
      return decided(`approved before, by ${reviewerOf(result)}; nothing was changed.`);
    case 'expired':
      throw refused('Approving', id, `it was of use until ${result.conversation.send_before}; send the request again under a new request_id.`);
    case 'unproved':
      throw refused('Approving', id, `${unproved(result)} Give values that hold with --set '<variable>=<value>', or reject it.`);
    case 'company_record_incomplete':
      throw refused('Approving', id, `the company record is incomplete (${result.faults.map(({ path, message }) => `${path} ${message}`).join('; ')}); mend it, then approve again.`);
    case 'not_found':
    case 'not_waiting':
    case 'held_again':
      throw notDecided('Approving', id, result);
  }
}

export function rejectedOrRefused(id: string, result: RejectResult): Decided {
  const decided = (sentence: string): Decided => ({ conversationId: id, outcome: result.outcome, sentence: `${id}: ${sentence}` });
  switch (result.outcome) {
    case 'rejected':
      return decided(`rejected by ${reviewerOf(result)}; it is not sent.`);
    case 'rejected_before':
      return decided(`rejected before, by ${reviewerOf(result)}; nothing was changed.`);
    case 'not_found':
    case 'not_waiting':
    case 'held_again':
      throw notDecided('Rejecting', id, result);
  }
}

/** Names each value and why it does not hold; never the value itself. */
function unproved({ faults, detail }: Extract<ApproveResult, { outcome: 'unproved' }>): string {
  if (faults.length === 0) return `its words do not hold (${detail}).`;
  return faults.map(({ variable, rules }) => `${variable ?? 'the message'}: ${rules.map((rule) => `${RULES[rule]} (${rule})`).join(' ')}`).join(' ');
}

function notDecided(attempted: string, id: string, result: NotDecided): CommandError {
  switch (result.outcome) {
    case 'not_found':
      return refused(attempted, id, 'this stage holds no such conversation; give the whole identifier as handoff list shows it, and check --stage.');
    case 'not_waiting':
      return refused(attempted, id, `it is ${result.conversation.conversation_status} and waits for nobody; see conversation show.`);
    case 'held_again':
      return refused(attempted, id, 'other words wait now than those that were looked at; see handoff show, then decide again.');
  }
}

function reviewerOf({ conversation }: { readonly conversation: { readonly review?: { readonly reviewer: string } } }): string {
  return conversation.review?.reviewer ?? 'somebody';
}

function refused(attempted: string, id: string, why: string): CommandError {
  return new CommandError(`${attempted} ${id} failed: ${why}`);
}
