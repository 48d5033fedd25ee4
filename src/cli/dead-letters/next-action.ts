import type { Conversation } from '../../core/lifecycle/conversation';
import { explain } from '../../core/lifecycle/failure';
import { standing } from '../../core/lifecycle/standing';

/** What an operator should do about a dead letter, from the record that it names. */
export function nextAction(conversation: Conversation | undefined, now: number): string {
  if (!conversation) return 'Redrive it: no request was accepted under its body, so the processor counts and drops it.';
  switch (standing(conversation, now).next) {
    case 'rest':
      return `${reasonAction(conversation)} The letter itself has nothing left to do: a redrive clears it away.`;
    case 'settle':
      return 'None: receipts or the reconciler settle it, and a redrive sends nothing.';
    case 'hand_off':
      return 'A person has to see the message; a redrive tells them again.';
    case 'take_up':
    case 'send':
    case 'come_back':
    case 'miss_deadline':
      return 'Mend the fault that the function\'s log names, then redrive it; the reconciler tries it meanwhile.';
  }
}

function reasonAction({ failure_reason: reason }: Conversation): string {
  return reason ? explain(reason).action : 'None: the message is sent.';
}
