import type { Part } from '../../core/listing/newest-first';
import { DUE_PARTS, isFailed, isOpen, projectPart, REVIEW_PART } from '../../core/listing/state-groups';
import type { Conversation, ConversationStatus } from '../../core/lifecycle/conversation';
import { STATUSES, TERMINAL_STATUSES } from '../../core/lifecycle/conversation';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import type { Timestamp } from '../../core/ports/clock';
import { identityOf, isSameAddress, spellingsOf } from '../../core/recipient/identity';
import type { OperationPorts } from '../ports';

/**
 * What people ask for, beside the states of a record. `open`: not terminal. `stuck`: open, and due for a check by now.
 * `waiting`: for a person's decision. `replied`: for an answer. `failed`: ended unsent by a fault, unconfirmed or
 * undelivered.
 */
export const STATE_GROUPS = ['open', 'stuck', 'waiting', 'replied', 'failed'] as const;

export const LISTED_STATES = [...STATE_GROUPS, ...STATUSES] as const;
export type ListedState = (typeof LISTED_STATES)[number];

/** Which conversations are meant; every part that is given must fit. */
export interface Selection {
  /** Every spelling of the address. */
  readonly recipient?: string;
  readonly company?: string;
  readonly project?: string;
  readonly state?: ListedState;
  /** As the record has it: a reason of ours, or the free text of an earlier engine. */
  readonly reason?: string;
  /** Accepted at this moment or later. */
  readonly since?: Timestamp;
  /** Accepted at this moment or earlier. */
  readonly until?: Timestamp;
}

/** A partition to read and, where its order is that of acceptance, the moment to begin at. */
export interface Source {
  readonly parts: readonly Part[];
  /** Ordered by acceptance: what is older than `since` ends the search. Otherwise by when it is due. */
  readonly byAcceptance: boolean;
  /** Where the first page begins. */
  readonly from?: Timestamp;
}

const TERMINAL: readonly ConversationStatus[] = TERMINAL_STATUSES;

/** Where the conversations of a selection lie: the narrowest index that holds all of them. Never the whole table. */
export async function sourceOf(
  ports: ProjectPorts, selection: Selection, now: Timestamp,
): Promise<Source> {
  const { recipient, company, project, state, until } = selection;
  if (recipient !== undefined) return { parts: partsOfRecipient(recipient), byAcceptance: true, from: until };
  const due = state === undefined ? undefined : partsWhere(state);
  if (due) return { parts: due, byAcceptance: false, from: state === 'stuck' ? now : undefined };
  const parts = (await projectsOf(ports, company, project)).map(projectPart);
  return { parts, byAcceptance: true, from: until };
}

/** Projects of one company that a list reads, at most. */
const PROJECTS_AT_MOST = 500;

/** What leads to the projects of a company, or of all. */
export interface ProjectPorts {
  readonly companies: Pick<OperationPorts['companies'], 'list'>;
  readonly directory: Pick<OperationPorts['directory'], 'projectIdsOf'>;
}

/** The table of companies is read whole only for a list that names none. */
async function projectsOf({ companies, directory }: ProjectPorts, company?: string, project?: string) {
  if (company !== undefined) {
    const ids = project === undefined
      ? await directory.projectIdsOf({ companyId: company, limit: PROJECTS_AT_MOST })
      : [project];
    return ids.map((projectId) => ({ companyId: company, projectId }));
  }
  const all = await companies.list();
  return all
    .filter(({ project_id: one }) => project === undefined || project === one)
    .map(({ company_id: companyId, project_id: projectId }) => ({ companyId, projectId }));
}

function partsOfRecipient(recipient: string): Source['parts'] {
  const identity = identityOf(recipient);
  const spellings = new Set([recipient, ...(identity === undefined ? [] : spellingsOf(identity))]);
  return [...spellings].map((partition) => ({ index: 'recipient', partition }));
}

/** The sparse indexes hold what is not terminal and what waits; undefined for any other state. */
function partsWhere(state: ListedState): Source['parts'] | undefined {
  switch (state) {
    case 'waiting':
    case 'awaiting_review':
      return [REVIEW_PART];
    case 'replied':
      return [{ index: 'reply', partition: REPLY_ATTENTION }];
    case 'stuck':
      return DUE_PARTS;
    case 'open':
      return [REVIEW_PART, ...DUE_PARTS];
    case 'failed':
      return undefined;
    default:
      return TERMINAL.includes(state) ? undefined : DUE_PARTS;
  }
}

/** Whether a record is meant. */
export function isSelected(conversation: Conversation, selection: Selection, now: number): boolean {
  const { recipient, company, project, state, reason, since, until } = selection;
  const at = conversation.created_at;
  return (recipient === undefined || hasAddress(conversation, recipient))
    && (company === undefined || conversation.company_id === company)
    && (project === undefined || conversation.project_id === project)
    && (reason === undefined || conversation.failure_reason === reason)
    && (since === undefined || at >= since)
    && (until === undefined || at <= until)
    && (state === undefined || isIn(conversation, state, now));
}

function hasAddress({ primary_channel: key }: Conversation, recipient: string): boolean {
  return key === recipient || isSameAddress(key, recipient);
}

function isIn(conversation: Conversation, state: ListedState, now: number): boolean {
  const { conversation_status: status, due_at: due } = conversation;
  switch (state) {
    case 'open':
      return isOpen(conversation);
    case 'stuck':
      return isOpen(conversation) && status !== 'awaiting_review' && due !== undefined && Date.parse(due) <= now;
    case 'waiting':
      return status === 'awaiting_review';
    case 'replied':
      return conversation.reply_attention !== undefined;
    case 'failed':
      return isFailed(conversation);
    default:
      return status === state;
  }
}
