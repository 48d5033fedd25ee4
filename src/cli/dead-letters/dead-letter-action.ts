import type { Conversation } from '../../core/lifecycle/conversation';
import { explain } from '../../core/lifecycle/failure';
import { nextAction } from '../../core/lifecycle/next-action';

/** What an operator should do about a dead letter, from the record that it names. */
export function deadLetterAction(conversation: Conversation | undefined, now: number): string {
  if (!conversation) return 'Redrive it: no request was accepted under its body, so the processor counts and drops it.';
  switch (nextAction(conversation, now).next) {
    case 'none':
      return `${reasonAction(conversation)} The letter itself has nothing left to do: a redrive clears it away.`;
    case 'resolve_unknown_send':
      return 'None: receipts or the reconciler settle it, and a redrive sends nothing.';
    case 'hand_off':
      return 'A person has to see the message; a redrive tells them again.';
    case 'take_up':
    case 'send':
    case 'wait_until':
    case 'expire_send_window':
      return 'Mend the fault that the function\'s log names, then redrive it; the reconciler tries it meanwhile.';
  }
}

function reasonAction({ failure_reason: reason }: Conversation): string {
  return reason ? explain(reason).action : 'None: the message is sent.';
}
