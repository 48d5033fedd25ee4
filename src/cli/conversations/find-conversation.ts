import type { Conversation } from '../../core/lifecycle/conversation';
import { awsFailure, CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';
import { stageRecords } from '../stage-records';

/** The record that an identifier leads to; undefined where no request was accepted under it, or its record is gone. */
export async function findConversation(clients: StageClients, conversationId: string): Promise<Conversation | undefined> {
  const request = parseRequest(conversationId);
  if (!request) return undefined;
  const { conversations, directory } = stageRecords(clients);
  const { idempotency } = await directory.loadForProcessing(request);
  const isMeant = idempotency && (idempotency.conversation.conversation_id === conversationId || request.isShort);
  return isMeant ? conversations.find(idempotency.conversation) : undefined;
}

/** As `findConversation`, with a sentence where there is none. */
export async function requireConversation(clients: StageClients, conversationId: string, attempted: string): Promise<Conversation> {
  if (!parseRequest(conversationId)) {
    throw new CommandError(`${attempted} failed: "${conversationId}" is no conversation identifier; give <company>#<project>#<request_id> in quotes, as the API answered it.`);
  }
  const found = await findConversation(clients, conversationId).catch((error: unknown) => { throw awsFailure(attempted, error); });
  if (found) return found;
  throw new CommandError(
    `${attempted} failed: this stage holds no conversation ${conversationId}; check the identifier and --stage, or look for it with conversation list.`,
  );
}

/** `<company>#<project>#<request_id>`, which a client knows, or all of a conversation's identifier. */
function parseRequest(text: string) {
  const [companyId, projectId, requestId, sender] = text.split('#');
  if (!companyId || !projectId || !requestId) return undefined;
  return { companyId, projectId, requestId, isShort: sender === undefined };
}
