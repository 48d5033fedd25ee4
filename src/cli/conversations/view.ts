import type { Conversation, ConversationMessage, HistoryEntry } from '../../core/lifecycle/conversation';
import { explain } from '../../core/lifecycle/failure';
import { ATTEMPTS } from '../../core/lifecycle/limits';
import { countReplies } from '../../core/lifecycle/reply-transitions';
import { nextStep } from './next-step';
import type { ToldConversation } from './told-conversation';
import { recipientName, toldConversation } from './told-conversation';

/** What of a person is shown: their data, and what was written to them. */
export interface Disclosure {
  readonly reveal: boolean;
  readonly text: boolean;
}

export interface ConversationView extends ToldConversation {
  readonly recipientName: string;
  readonly status: string;
  readonly delivery?: string;
  readonly acceptedAt: string;
  readonly sentAt?: string;
  readonly sendBefore: string;
  readonly reason?: string;
  readonly words?: string;
  readonly detail?: string;
  readonly next: string;
  readonly attempts: { readonly used: number; readonly allowed: number };
  readonly vendorMessageId?: string;
  readonly template?: string;
  readonly model?: string;
  /** By variable: where its value came from. */
  readonly verdicts?: Readonly<Record<string, string>>;
  readonly tokens?: { readonly prompt: number; readonly completion: number; readonly total: number };
  readonly way: readonly HistoryEntry[];
  readonly replies: number;
  /** Since when replies wait for a person. */
  readonly repliesWaitSince?: string;
  /** The last word of a person about the replies. */
  readonly repliesDealtWith?: { readonly at: string; readonly by: string; readonly replies: number };
  readonly messages?: ReadonlyArray<Pick<ConversationMessage, 'timestamp' | 'role' | 'content'>>;
  /** What the message is about, as the client sent it. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** A record as an operator may see it. */
export function viewOf(conversation: Conversation, { reveal, text }: Disclosure, now: number): ConversationView {
  const { composition, failure_reason: reason, failure_detail: detail, messages } = conversation;
  const usage = composition?.usage;
  return {
    ...toldConversation(conversation, reveal),
    recipientName: recipientName(conversation, reveal),
    status: conversation.conversation_status,
    ...optional('delivery', conversation.delivery_status),
    acceptedAt: conversation.created_at,
    ...optional('sentAt', conversation.sent_at),
    sendBefore: conversation.send_before,
    ...(reason ? { reason, words: explain(reason).cause } : {}),
    ...optional('detail', detail),
    next: nextStep(conversation, now),
    attempts: { used: conversation.attempt_count, allowed: ATTEMPTS },
    ...optional('vendorMessageId', conversation.vendor_message_id),
    ...(composition ? { template: `${composition.template_name} version ${composition.template_version}`, verdicts: composition.verdicts } : {}),
    ...optional('model', composition?.model),
    ...(usage ? { tokens: { prompt: usage.prompt_tokens, completion: usage.completion_tokens, total: usage.total_tokens } } : {}),
    way: conversation.history,
    replies: countReplies(conversation),
    ...optional('repliesWaitSince', conversation.reply_since),
    ...optional('repliesDealtWith', conversation.replies_dealt_with?.at(-1)),
    ...(text ? { messages: messages.map(({ timestamp, role, content }) => ({ timestamp, role, content })) } : {}),
    ...(reveal ? { facts: conversation.project_data } : {}),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : { [name]: value } as Record<Name, Value>;
}
