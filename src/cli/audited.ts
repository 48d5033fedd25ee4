import { timestamp } from '../core/ports/clock';
import type { AuditedAction } from '../core/ports/audit';
import type { Conversation } from '../core/lifecycle/conversation';
import type { CommandHost } from './command-host';
import type { Stage } from './stage';

/** Fields that one item names at most: a whole record has more than anybody reads in a list. */
export const AUDITED_FIELDS = 50;

/** What no one company is meant by, such as a person whom several may have written to. */
export const ANY_COMPANY = '*';

/** Whose it is. */
type AuditedPlace =
  | { readonly conversation: Pick<Conversation, 'company_id' | 'conversation_id'>; readonly company?: undefined }
  | { readonly company: string; readonly conversation?: undefined };

/**
 * Records who read or changed what by the command, as the console does. Who it was is AWS's word; on a local stage,
 * which knows no callers, the shell's user.
 */
export async function audited(
  { probe, audit, clock, newIdentifier }: Pick<Stage, 'audit' | 'clock' | 'newIdentifier' | 'probe'>,
  { operator = 'unknown' }: Pick<CommandHost, 'operator'>,
  item: {
    readonly action: AuditedAction;
    /** Names and identifiers of what was read or changed, without what stands there. */
    readonly fields: readonly string[];
  } & AuditedPlace,
): Promise<void> {
  const person = probe.kind === 'local' ? operator : ((await probe.caller()) ?? operator);
  const { action, fields, conversation, company = conversation?.company_id ?? ANY_COMPANY } = item;
  const at = timestamp(clock.now());
  await audit.add({
    id: newIdentifier(),
    at,
    personId: person,
    person,
    by: 'command',
    action,
    company,
    ...(conversation ? { conversationId: conversation.conversation_id } : {}),
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
