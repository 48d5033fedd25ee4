/** The parts of `<company_id>#<project_id>#<request_id>#<sender>`. */
export interface ConversationIdentity {
  readonly companyId: string;
  readonly projectId: string;
  readonly requestId: string;
  /** The company's number without `+`, or whatever else it sends as: an e-mail address, a service, a name. */
  readonly sender: string;
}

export function formatConversationId(identity: ConversationIdentity): string {
  return [identity.companyId, identity.projectId, identity.requestId, identity.sender].join('#');
}

/** Bytes of a conversation identifier at most: it is a sort key of DynamoDB. */
const IDENTIFIER_BYTES = 1024;

/** Undefined if the text is not a valid conversation identifier. */
export function parseConversationId(text: string): ConversationIdentity | undefined {
  if (text.length > IDENTIFIER_BYTES || Buffer.byteLength(text) > IDENTIFIER_BYTES) return undefined;
  const [companyId, projectId, requestId, ...rest] = text.split('#');
  const sender = rest.join('#');
  if (!companyId || !projectId || !requestId || !sender) return undefined;
  return { companyId, projectId, requestId, sender };
}

/** The sender's spelling inside a conversation identifier. */
export function senderIdentity(address: string): string {
  return address.replace(/^\+/, '');
}
