import type { Conversation } from '../../core/lifecycle/conversation';
import { RULES } from '../../proof/rules/rules';
import type { ApproveResult, NotDecided, RejectResult } from '../../review/decision';
import type { ApiFault } from '../http/page-call';

/** What became of a decision, in words; a fault where it was not taken. */
export type DecidedWords =
  { readonly words: string; readonly fault?: undefined } | { readonly fault: ApiFault; readonly words?: undefined };

export function approvedWords(result: ApproveResult): DecidedWords {
  switch (result.outcome) {
    case 'approved':
      return { words: 'Approved: it goes to the channel.' };
    case 'sent_to_composition':
      return { words: 'Approved: it is composed now, and goes if its words can be proved.' };
    case 'approved_before':
      return { fault: conflict('DECIDED', `It was decided before: ${decidedBy(result.conversation)}.`) };
    case 'expired':
      return { fault: conflict('EXPIRED', 'Nothing was sent: the time by which the message is of use is over.') };
    case 'unproved': {
      const faults = result.faults.map(
        ({ variable, rules }) => `${variable ?? 'the message'}: ${rules.map((rule) => RULES[rule]).join(' ')}`,
      );
      return {
        fault: { status: 422, code: 'UNPROVED', message: `Nothing was sent: ${faults.join(' ') || result.detail}` },
      };
    }
    case 'company_record_incomplete':
      return {
        fault: {
          status: 422,
          code: 'COMPANY_RECORD_INCOMPLETE',
          message:
            `Nothing was sent: the company record lacks ${result.faults.map(({ path }) => path).join(', ')}. ` +
            'Ask the operator to complete it, then decide again.',
        },
      };
    default:
      return { fault: notDecided(result) };
  }
}

export function rejectedWords(result: RejectResult): DecidedWords {
  switch (result.outcome) {
    case 'rejected':
      return { words: 'Rejected: it is not sent, and the client reads your reason.' };
    case 'rejected_before':
      return { fault: conflict('DECIDED', `It was decided before: ${decidedBy(result.conversation)}.`) };
    default:
      return { fault: notDecided(result) };
  }
}

/** Who decided, and what became of it. */
export function decidedBy({ review, conversation_status: status }: Conversation): string {
  return review ? `${review.reviewer} ${review.decision} it at ${review.at}` : `it is ${status} now`;
}

function notDecided(result: NotDecided): ApiFault {
  switch (result.outcome) {
    case 'not_found':
      return { status: 404, code: 'NOT_FOUND', message: 'Deciding failed: this stage holds no such conversation.' };
    case 'not_waiting':
      return conflict('DECIDED', `It does not wait any more: ${decidedBy(result.conversation)}.`);
    case 'held_again':
      return conflict('CHANGED', 'Nothing was decided: other words wait now than those that you saw. Look again.');
  }
}

function conflict(code: string, message: string): ApiFault {
  return { status: 409, code, message };
}
