import { canExist, isUsable, mayUse } from '../core/company/key-right';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import type { Part } from '../core/listing/newest-first';
import type { PagePorts } from '../core/listing/read-page';
import { consistentRecords, readPage } from '../core/listing/read-page';
import { DUE_PARTS, isFailed, isOpen, projectPart, REVIEW_PART } from '../core/listing/state-groups';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Conversation, ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Clock } from '../core/ports/clock';
import type { ConversationIndex } from '../core/ports/conversation-index';
import type { Directory, KeyGrant } from '../core/ports/directory';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import { sha256 } from '../core/sha256';
import type { MessagesAnswer } from './messages-answer';
import type { MessagesQuery } from './messages-query';
import { invalid, NOT_A_CURSOR, readMessagesQuery } from './messages-query';
import type { ReadAnswer } from './read-answer';
import { answerRead, explainReadFailure } from './read-answer';
import { showConversation } from './show-conversation';

/** One `GET /messages`. */
export interface MessagesCall {
  readonly apiKey?: string;
  /** The `Origin` header. */
  readonly origin?: string;
  readonly query: Readonly<Record<string, string | undefined>>;
}

export interface MessagesPorts {
  readonly index: Pick<ConversationIndex, 'newestFirst'>;
  readonly conversations: Pick<ConversationStore, 'find'>;
  readonly directory: Pick<Directory, 'keyGrant' | 'projectIdsOf'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly observer: Observer;
}

export const MESSAGES_A_PAGE = 50;

/** Records that one page reads at most, however few of them have failed. */
export const READ_AT_MOST = 200;

/** Projects that one list covers at most: each is a partition of the index, which every page asks. */
export const MOST_PROJECTS = 25;

const NO_PROJECT: Refusal = { code: 'COMPANY_NOT_FOUND', message: 'There is no such company and project.' };

const TOO_MANY_PROJECTS = invalid([
  { path: 'project_id', message: `must be given, since the key is for more than ${MOST_PROJECTS} projects` },
]);

/** Lists the messages of a key's projects, the newest first. Answers every failure, and never throws. */
export async function listMessages(
  call: MessagesCall,
  ports: MessagesPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const { observer } = ports;
  const found = await find(call, ports).catch((error: unknown) => ({
    refusal: explainReadFailure(error, 'The messages could not be listed.', observer),
  }));
  if ('refusal' in found) observer.info('messages not listed', { code: found.refusal.code });
  return answerRead(found, call.origin, allowedOrigins);
}

type Found = { readonly body: MessagesAnswer } | { readonly refusal: Refusal };

async function find({ apiKey, query: given }: MessagesCall, ports: MessagesPorts): Promise<Found> {
  if (!apiKey) return { refusal: FORBIDDEN };
  const key = await database('Reading the API key', () => ports.directory.keyGrant(sha256(apiKey)));
  if (!isUsable(key, ports.clock.now())) return { refusal: FORBIDDEN };
  const read = readMessagesQuery(given);
  if ('refusal' in read) return read;
  const { query } = read;
  const source = await partsOf(key, query, ports);
  if ('refusal' in source) return source;
  const { project, state, since, cursor } = query;
  const { company_id: company } = key;
  const page = await database('Listing the messages', () => readPage(pagePorts(ports), {
    parts: source.parts,
    since: source.byAcceptance ? since : undefined,
    mayBe: (one) => isOwn(one, key, project),
    isMeant: (one) => isInState(one, state) && (since === undefined || one.created_at >= since),
    limit: MESSAGES_A_PAGE,
    readAtMost: READ_AT_MOST,
    after: cursor,
    owner: JSON.stringify([company, project, state, since]),
  }));
  if (page.outcome === 'unknown_page') return { refusal: NOT_A_CURSOR };
  ports.observer.info('messages listed', { listed: page.found.length, read: page.looked });
  const messages = page.found.map(listed);
  return { body: { status: 'success', company_id: company, messages, next_cursor: page.next ?? null } };
}

/** A client is answered what its records say now. */
function pagePorts({ index, conversations }: MessagesPorts): PagePorts {
  return {
    index: { newestFirst: async (query) => index.newestFirst(query), records: consistentRecords(conversations) },
  };
}

type Source = { readonly parts: readonly Part[]; readonly byAcceptance: boolean } | { readonly refusal: Refusal };

/** Where the messages lie; which partitions are read follows from the key, never from the cursor. */
async function partsOf(
  key: KeyGrant, { project, state }: MessagesQuery, { directory }: MessagesPorts,
): Promise<Source> {
  const { company_id: companyId } = key;
  if (project !== undefined) {
    const tenant = { company_id: companyId, project_id: project };
    if (!canExist(tenant) || !mayUse(key, tenant)) return { refusal: NO_PROJECT };
    // A key for all projects is for those that there are: a misspelled one is not an empty list.
    if ((await projectsOf(key, project, directory)).length === 0) return { refusal: NO_PROJECT };
  }
  if (state === 'waiting') return { parts: [REVIEW_PART], byAcceptance: false };
  if (state === 'open') return { parts: [REVIEW_PART, ...DUE_PARTS], byAcceptance: false };
  const projects = project === undefined ? await projectsOf(key, undefined, directory) : [project];
  if (projects.length > MOST_PROJECTS) return { refusal: TOO_MANY_PROJECTS };
  return { parts: projects.map((projectId) => projectPart({ companyId, projectId })), byAcceptance: true };
}

/** One more than a list covers is enough to say that there are too many. */
async function projectsOf(
  { company_id: companyId, project_ids: own }: KeyGrant,
  projectId: string | undefined,
  directory: MessagesPorts['directory'],
): Promise<readonly string[]> {
  if (!own.includes('*')) return projectId === undefined ? own : [projectId];
  const query = { companyId, projectId, limit: MOST_PROJECTS + 1 };
  return database('Reading the projects', () => directory.projectIdsOf(query));
}

/** Its identifier says whose a message is: what is another's is not read. */
function isOwn({ conversation_id: id }: ConversationKey, key: KeyGrant, project: string | undefined): boolean {
  const identity = parseConversationId(id);
  return identity !== undefined
    && mayUse(key, { company_id: identity.companyId, project_id: identity.projectId })
    && (project === undefined || project === identity.projectId);
}

function isInState(conversation: Conversation, state: MessagesQuery['state']): boolean {
  switch (state) {
    case 'open':
      return isOpen(conversation);
    case 'waiting':
      return conversation.conversation_status === 'awaiting_review';
    case 'failed':
      return isFailed(conversation);
    case undefined:
      return true;
  }
}

function listed(conversation: Conversation): MessagesAnswer['messages'][number] {
  const {
    status: _status, company_id: _company, composition: _composition, answers: _answers, history: _history,
    messages: _messages, ...shown
  } = showConversation(conversation, false);
  return shown;
}
