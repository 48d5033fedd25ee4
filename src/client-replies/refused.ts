import type { Refusal } from '../core/contract/refusal';
import { isClient } from '../core/lifecycle/client-writer';
import type { Thread } from '../core/lifecycle/thread-record';

export const NOTHING_TO_ANSWER: Refusal = {
  code: 'NOTHING_TO_ANSWER',
  message: 'The recipient has written nothing in this conversation yet, so there is nothing to answer.',
};

export const OPTED_OUT: Refusal = {
  code: 'RECIPIENT_OPTED_OUT',
  message: 'The recipient has asked this sender not to write.',
};

export const CHANGED: Refusal = {
  code: 'CONVERSATION_CHANGED',
  message: 'The conversation changed again and again at this moment: send the same request again.',
};

/** Says what has it, and of people no more than that. */
export function takenRefusal({ taken_by: holder }: Pick<Thread, 'taken_by'>): Refusal {
  return { code: 'CONVERSATION_TAKEN', message: `${holderWords(holder)}: agree with them, or ask the operator.` };
}

function holderWords(holder: string | undefined): string {
  if (holder === undefined) return 'The conversation waits for a person, and you have not taken it over';
  return isClient(holder)
    ? 'Another project of the company has taken over what is written with this recipient'
    : 'A person has taken over what is written with this recipient';
}
