import { RULES } from '../../proof/rules/rules';
import type { ApproveResult, NotDecided, RejectResult } from '../../review/decision';
import { CommandError } from '../command-error';

/** What was decided, as the operator reads it. */
export interface Decided {
  readonly conversationId: string;
  readonly outcome: string;
  readonly sentence: string;
}

export function approvedOrRefused(id: string, result: ApproveResult): Decided {
  const decided = (sentence: string): Decided => ({
    conversationId: id,
    outcome: result.outcome,
    sentence: `${id}: ${sentence}`,
  });
  switch (result.outcome) {
    case 'approved':
      return decided(`approved by ${reviewerOf(result)}; it goes to the channel now.`);
    case 'sent_to_composition':
      return decided(`approved by ${reviewerOf(result)}; it is composed now and goes if its words can be proved.`);
    case 'approved_before':
      return decided(`approved before, by ${reviewerOf(result)}; nothing was changed.`);
    case 'expired':
      throw refused(
        'Approving',
        id,
        `it was of use until ${result.conversation.send_before}; send the request again under a new request_id.`,
      );
    case 'unproved':
      throw refused(
        'Approving',
        id,
        `${unproved(result)} Give values that hold with --set '<variable>=<value>', or reject it.`,
      );
    case 'company_record_incomplete': {
      const faults = result.faults.map(({ path, message }) => `${path} ${message}`).join('; ');
      throw refused('Approving', id, `the company record is incomplete (${faults}); mend it, then approve again.`);
    }
    case 'not_found':
    case 'not_waiting':
    case 'held_again':
      throw notDecided('Approving', id, result);
  }
}

export function rejectedOrRefused(id: string, result: RejectResult): Decided {
  const decided = (sentence: string): Decided => ({
    conversationId: id,
    outcome: result.outcome,
    sentence: `${id}: ${sentence}`,
  });
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
function unproved({ faults, detail }: Extract<ApproveResult, { readonly outcome: 'unproved' }>): string {
  if (faults.length === 0) return `its words do not hold (${detail}).`;
  const rulesOf = (rules: ReadonlyArray<keyof typeof RULES>) =>
    rules.map((rule) => `${RULES[rule]} (${rule})`).join(' ');
  return faults.map(({ variable, rules }) => `${variable ?? 'the message'}: ${rulesOf(rules)}`).join(' ');
}

function notDecided(attempted: string, id: string, result: NotDecided): CommandError {
  switch (result.outcome) {
    case 'not_found':
      return refused(attempted, id, 'this stage holds no such conversation; check the identifier and --stage.');
    case 'not_waiting':
      return refused(
        attempted,
        id,
        `it is ${result.conversation.conversation_status} and does not wait for a decision.`,
      );
    case 'held_again':
      return refused(
        attempted,
        id,
        'other words wait now than those that you saw; see handoff show, then decide again.',
      );
  }
}

function reviewerOf({
  conversation,
}: {
  readonly conversation: { readonly review?: { readonly reviewer: string } };
}): string {
  return conversation.review?.reviewer ?? 'an unnamed person';
}

function refused(attempted: string, id: string, why: string): CommandError {
  return new CommandError(`${attempted} ${id} failed: ${why}`);
}
