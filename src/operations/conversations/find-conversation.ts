import type { Conversation } from '../../core/lifecycle/conversation';
import type { IdempotencyRecord } from '../../core/ports/directory';
import { identityOf, spellingsOf } from '../../core/recipient/identity';
import type { OperationPorts } from '../ports';

export type FindPorts = Pick<OperationPorts, 'companies' | 'conversations' | 'requests'>;

/** Where else to look: records of an earlier engine have no idempotency record that leads to them. */
export interface Elsewhere {
  /** Of the recipient, in any spelling. */
  readonly recipient?: string;
  /** Reads the keys of the whole table, page by page, and reports how many it has read. */
  readonly throughTable?: {
    readonly index: Pick<OperationPorts['index'], 'search'>;
    readonly report: (read: number) => void;
  };
}

export type FoundConversation =
  | { readonly outcome: 'found'; readonly conversation: Conversation }
  /** The text cannot name a conversation. */
  | { readonly outcome: 'not_an_identifier' }
  /** No request was accepted under it, or its record is gone. */
  | { readonly outcome: 'not_found' }
  /** The beginning fits several requests, of which some are named. */
  | { readonly outcome: 'ambiguous'; readonly conversationIds: readonly string[] };

/** Hex digits and hyphens: a request's identifier, or its beginning. Shorter ones fit too many. */
const REQUEST = /^[0-9a-f][0-9a-f-]{3,35}$/;

/** Requests that are named where a beginning fits several. */
const NAMED = 5;

/** Projects that are asked at once. */
const AT_ONCE = 25;

/**
 * The record that a text leads to: a conversation's identifier, the `<company>#<project>#<request_id>` that a client
 * knows, the `request_id` alone, or a beginning of it that fits no other request.
 */
export async function findConversation(
  ports: FindPorts,
  text: string,
  elsewhere: Elsewhere = {},
): Promise<FoundConversation> {
  const reference = parseReference(text.trim());
  if (!reference) return { outcome: 'not_an_identifier' };
  const found = await findByRequest(ports, reference);
  return found.outcome === 'not_found' ? findElsewhere(ports, text.trim(), elsewhere) : found;
}

async function findByRequest(ports: FindPorts, reference: Reference): Promise<FoundConversation> {
  const { beginning, project, sender } = reference;
  const found = (await requestsOf(ports, beginning, project)).filter(({ conversation }) => (
    sender === undefined || conversation.conversation_id.endsWith(`#${sender}`)
  ));
  const exact = found.filter(({ request_id: id }) => id === beginning);
  const meant = exact.length > 0 ? exact : found;
  const [request] = meant;
  if (meant.length > 1) {
    return { outcome: 'ambiguous', conversationIds: meant.map(({ conversation }) => conversation.conversation_id) };
  }
  const conversation = request && await ports.conversations.find(request.conversation);
  return conversation ? { outcome: 'found', conversation } : { outcome: 'not_found' };
}

async function findElsewhere(
  ports: FindPorts,
  text: string,
  { recipient, throughTable }: Elsewhere,
): Promise<FoundConversation> {
  const identity = recipient === undefined ? undefined : identityOf(recipient);
  const spellings = new Set([recipient, ...(identity === undefined ? [] : spellingsOf(identity))]);
  for (const spelling of spellings) {
    if (spelling === undefined) continue;
    const conversation = await ports.conversations.find({ primary_channel: spelling, conversation_id: text });
    if (conversation) return { outcome: 'found', conversation };
  }
  const keys = (await throughTable?.index.search(text, throughTable.report)) ?? [];
  if (keys.length > 1) return { outcome: 'ambiguous', conversationIds: keys.map(({ conversation_id: id }) => id) };
  const [key] = keys;
  const conversation = key && (await ports.conversations.find(key));
  return conversation ? { outcome: 'found', conversation } : { outcome: 'not_found' };
}

interface Project {
  readonly companyId: string;
  readonly projectId: string;
}

interface Reference {
  /** Of the request's identifier, perhaps all of it. */
  readonly beginning: string;
  readonly project?: Project;
  readonly sender?: string;
}

function parseReference(text: string): Reference | undefined {
  const [companyId = '', projectId, requestId, ...rest] = text.split('#');
  if (projectId === undefined) {
    return REQUEST.test(companyId.toLowerCase()) ? { beginning: companyId.toLowerCase() } : undefined;
  }
  if (!companyId || !projectId || !requestId) return undefined;
  return {
    beginning: requestId,
    project: { companyId, projectId },
    sender: rest.length === 0 ? undefined : rest.join('#'),
  };
}

/** The requests that begin so: of one project, or of all that the stage has. */
async function requestsOf(
  ports: FindPorts,
  beginning: string,
  project: Project | undefined,
): Promise<readonly IdempotencyRecord[]> {
  if (project) return ports.requests.beginning({ ...project, beginning, limit: NAMED });
  const listed = await ports.companies.list();
  const found: IdempotencyRecord[] = [];
  for (let start = 0; start < listed.length && found.length < NAMED; start += AT_ONCE) {
    const pages = await Promise.all(
      listed
        .slice(start, start + AT_ONCE)
        .map(async ({ company_id: companyId, project_id: projectId }) =>
          ports.requests.beginning({ companyId, projectId, beginning, limit: NAMED }),
        ),
    );
    found.push(...pages.flat());
  }
  return found.slice(0, NAMED);
}
