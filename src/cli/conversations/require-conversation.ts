import type { Conversation } from '../../core/lifecycle/conversation';
import type { Elsewhere, FindPorts } from '../../operations/conversations/find-conversation';
import { findConversation } from '../../operations/conversations/find-conversation';
import { CommandError } from '../command-error';
import type { CommandOutput } from '../command-host';

/** How a command's argument names a conversation. */
export const CONVERSATION_ARGUMENT = 'its request_id or a beginning of it, or its conversation_id in quotes';

/** The record that an argument names; a sentence where there is none. */
export async function requireConversation(
  ports: FindPorts,
  identifier: string,
  { attempted, elsewhere }: { readonly attempted: string; readonly elsewhere?: Elsewhere },
  { command }: CommandOutput,
): Promise<Conversation> {
  const found = await findConversation(ports, identifier, elsewhere);
  switch (found.outcome) {
    case 'found':
      return found.conversation;
    case 'not_an_identifier':
      throw new CommandError(
        `${attempted} failed: "${identifier}" is not a conversation's identifier; give ${CONVERSATION_ARGUMENT}.`,
      );
    case 'ambiguous':
      throw new CommandError(
        `${attempted} failed: ${identifier} fits several; name one of ${found.conversationIds.join(', ')}.`,
      );
    case 'not_found': {
      const look = command('conversation', 'list', '--help');
      const old = 'one of an earlier engine is shown with --recipient <address> or --through-table';
      throw new CommandError(
        `${attempted} failed: this stage holds no conversation ${identifier}; check --stage, or look for it (${old}): `
          + look,
      );
    }
  }
}
