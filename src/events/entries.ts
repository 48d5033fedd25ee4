import type { ClientEvent, EventValue, EventWords } from '../core/events/client-event';
import type { EventType } from '../core/events/event-types';
import { isClient } from '../core/lifecycle/client-writer';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { Conversation } from '../core/lifecycle/conversation';
import { explain, isFailureReason } from '../core/lifecycle/failure';
import { threadIdOf } from '../core/lifecycle/thread';
import type { Timestamp } from '../core/ports/clock';
import { messageEvent } from './message-events';
import type { WatchedRecord } from './watched-record';

type Data = ClientEvent['data'];

/** What an entry tells clients. One entry may concern several projects of a company. */
export interface EventDraft {
  readonly type: EventType;
  readonly company_id: string;
  readonly project_id?: string;
  readonly data: Data;
  readonly words?: EventWords;
}

/** One entry of a record's history, whether or not it is an event. */
export interface Entry {
  /** Names the entry among those of its record, for ever. */
  readonly identity: string;
  readonly at: Timestamp;
  readonly drafts: readonly EventDraft[];
}

/** Every entry of a record, oldest first. */
export function entriesOf(record: WatchedRecord): readonly Entry[] {
  switch (record.kind) {
    case 'conversation':
      return record.conversation.history.map(({ at }, index) => (
        { identity: String(index), at, drafts: messageDrafts(record.conversation, index) }
      ));
    case 'thread':
      return record.history.map((entry, index) => ({
        identity: `${entry.at}#${entry.event}#${record.history.slice(0, index).filter(({ at }) => at === entry.at).length}`,
        at: entry.at,
        drafts: threadDrafts(record, entry),
      }));
    case 'reply':
      return [{ identity: record.messageId, at: record.at, drafts: replyDrafts(record) }];
    case 'opt_out':
      return record.history.map((entry) => (
        { identity: entry.id, at: entry.at, drafts: optOutDrafts(record, entry) }
      ));
  }
}

function messageDrafts(conversation: Conversation, index: number): readonly EventDraft[] {
  const type = messageEvent(conversation, index);
  const entry = conversation.history[index];
  if (!type || !entry) return [];
  const { company_id, project_id, conversation_id: id, request_id, channel_method } = conversation;
  const of = { conversation_id: id, request_id, channel_method, thread_id: threadIdOf(conversation) };
  if (type.startsWith('conversation.')) {
    return [{ type, company_id, project_id, data: of, words: { kind: 'answers', conversation: id } }];
  }
  const reason = entry.reason ?? (entry.delivery === 'undelivered' ? conversation.failure_reason : undefined);
  return [{
    type,
    company_id,
    project_id,
    data: {
      ...of, state: entry.status, delivery_status: entry.delivery ?? null, reason: reasonOf(reason),
      ...replyOf(conversation),
    },
  }];
}

/** Of a message that answers its recipient, what it answers and by what: nothing of it is anyone's words. */
function replyOf({ reply, composition }: Conversation): Data {
  if (!reply) return {};
  const { in_reply_to, by, card } = reply;
  return {
    reply: {
      in_reply_to,
      written_by: writerOf(by),
      card_id: card?.card_id ?? null,
      card_version: card?.version ?? null,
      facts_hash: (card && composition?.facts_hash) ?? null,
      model: card?.model ?? null,
    },
  };
}

function writerOf(by: string | undefined): string {
  if (by === undefined) return 'engine';
  return isClient(by) ? 'client' : 'person';
}

/** What happened in plain words, and what the client does now. */
function reasonOf(reason: string | undefined): EventValue {
  if (reason === undefined || !isFailureReason(reason)) return null;
  const { cause, client } = explain(reason);
  return { code: reason, message: cause, next_action: client };
}

const THREAD_EVENTS: Readonly<Record<string, EventType>> = {
  handed_off: 'conversation.handed_off',
  taken_over: 'conversation.taken_over',
  returned: 'conversation.returned',
  closed: 'conversation.closed',
};

type OfKind<Kind extends WatchedRecord['kind']> = Extract<WatchedRecord, { readonly kind: Kind }>;

function threadDrafts(
  { thread, company, channel, conversation: other }: OfKind<'thread'>,
  { event, reason, conversation = other }: OfKind<'thread'>['history'][number],
): readonly EventDraft[] {
  const type = THREAD_EVENTS[event];
  if (!type) return [];
  const about = conversation === undefined ? undefined : parseConversationId(conversation);
  return [{
    type,
    company_id: company,
    project_id: about?.projectId,
    data: {
      conversation_id: conversation ?? null,
      request_id: about?.requestId ?? null,
      channel_method: channel ?? null,
      thread_id: thread,
      reason: reason ?? null,
    },
  }];
}

function replyDrafts({ thread, position, messageId, conversation }: OfKind<'reply'>): readonly EventDraft[] {
  const about = parseConversationId(conversation);
  if (!about) return [];
  return [{
    type: 'reply.received',
    company_id: about.companyId,
    project_id: about.projectId,
    data: { conversation_id: conversation, request_id: about.requestId, thread_id: thread, message_id: messageId },
    words: { kind: 'reply', thread, position },
  }];
}

/** Each project that wrote to the person by this sender learns of it, by its own newest message. */
function optOutDrafts(
  { conversations }: OfKind<'opt_out'>,
  { event, sender, source }: OfKind<'opt_out'>['history'][number],
): readonly EventDraft[] {
  return conversations.filter((one) => one.sender === sender).flatMap(({ conversation }): EventDraft[] => {
    const about = parseConversationId(conversation);
    if (!about) return [];
    return [{
      type: event === 'opted_out' ? 'recipient.opted_out' : 'recipient.opted_in',
      company_id: about.companyId,
      project_id: about.projectId,
      data: { conversation_id: conversation, request_id: about.requestId, sender, source: source ?? null },
    }];
  });
}
