import { timestamp } from '../core/ports/clock';
import type { AuditedAction } from '../core/ports/audit';
import type { Conversation } from '../core/lifecycle/conversation';
import type { CommandHost } from './command-host';
import type { Stage } from './stage';

/**
 * Records who read or changed what by the command, as the console does. Who it was is AWS's word; on a local stage,
 * which knows no callers, the shell's user.
 */
export async function audited(
  { probe, audit, clock, newIdentifier }: Pick<Stage, 'audit' | 'clock' | 'newIdentifier' | 'probe'>,
  { operator = 'unknown' }: Pick<CommandHost, 'operator'>,
  item: {
    readonly action: AuditedAction;
    readonly conversation: Pick<Conversation, 'company_id' | 'conversation_id'>;
    readonly fields: readonly string[];
  },
): Promise<void> {
  const person = probe.kind === 'local' ? operator : ((await probe.caller()) ?? operator);
  const {
    action,
    fields,
    conversation: { company_id: company, conversation_id: conversationId },
  } = item;
  const at = timestamp(clock.now());
  await audit.add({
    id: newIdentifier(),
    at,
    personId: person,
    person,
    by: 'command',
    action,
    company,
    conversationId,
    fields,
  });
}

/** Names of what a page of text shows of a person. */
export function shownFields({
  text,
  reveal,
}: {
  readonly text?: boolean;
  readonly reveal?: boolean;
}): readonly string[] {
  return [...(text ? ['text', 'values'] : []), ...(reveal ? ['facts', 'recipient'] : [])];
}
