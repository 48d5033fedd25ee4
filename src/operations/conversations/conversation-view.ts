import type { AnswerType, AnswerValue } from '../../core/company/expected-answer';
import type { Conversation, ConversationMessage, HistoryEntry } from '../../core/lifecycle/conversation';
import { stepsOf } from '../../core/lifecycle/history-steps';
import { isTestMessage } from '../../core/lifecycle/test-message';
import { explain } from '../../core/lifecycle/failure';
import { ATTEMPTS } from '../../core/lifecycle/limits';
import type { NextStep } from '../../core/lifecycle/next-step';
import { operatorStep } from '../../core/lifecycle/next-step';
import { countReplies } from '../../core/lifecycle/reply-transitions';
import type { CodeMeaning } from '../../core/ports/vendor';
import type { ConversationSummary } from './conversation-summary';
import { conversationSummary, recipientName } from './conversation-summary';

/** What of a person is shown: their data, and what was written to them. */
export interface Disclosure {
  readonly reveal: boolean;
  readonly text: boolean;
}

/** What was asked for, and what came; the words only where text is shown. */
export interface AnswerView {
  readonly name: string;
  readonly type: AnswerType;
  readonly required: boolean;
  readonly answeredAt?: string;
  readonly value?: AnswerValue;
  readonly quote?: string;
}

/** A record as an operator may see it. */
export interface ConversationView extends ConversationSummary {
  readonly recipientName: string;
  readonly status: string;
  /** Nothing of it was sent. */
  readonly isTest: boolean;
  readonly delivery?: string;
  readonly acceptedAt: string;
  readonly sentAt?: string;
  readonly sendBefore: string;
  readonly reason?: string;
  readonly words?: string;
  readonly detail?: string;
  /** What the vendor's code in `detail` means. */
  readonly vendor?: CodeMeaning;
  readonly step: NextStep;
  readonly attempts: { readonly used: number; readonly allowed: number };
  readonly vendorMessageId?: string;
  readonly template?: string;
  readonly model?: string;
  /** By variable: where its value came from. */
  readonly verdicts?: Readonly<Record<string, string>>;
  readonly tokens?: { readonly prompt: number; readonly completion: number; readonly total: number };
  readonly way: readonly HistoryEntry[];
  /** In the template's order; absent where nothing is expected. */
  readonly answers?: readonly AnswerView[];
  readonly taskComplete: boolean;
  /** The conversation that it reminds of. */
  readonly reminderOf?: string;
  readonly replies: number;
  /** Since when replies wait for a person. */
  readonly repliesWaitSince?: string;
  /** The last acknowledgement of replies by a person. */
  readonly repliesDealtWith?: { readonly at: string; readonly by: string; readonly replies: number };
  readonly messages?: ReadonlyArray<Pick<ConversationMessage, 'timestamp' | 'role' | 'content'>>;
  /** What the message is about, as the client sent it. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export function viewOf(conversation: Conversation, { reveal, text }: Disclosure, now: number): ConversationView {
  const { composition, failure_reason: reason, messages } = conversation;
  const usage = composition?.usage;
  return {
    ...conversationSummary(conversation, reveal),
    recipientName: recipientName(conversation, reveal),
    status: conversation.conversation_status,
    isTest: isTestMessage(conversation),
    delivery: conversation.delivery_status,
    acceptedAt: conversation.created_at,
    sentAt: conversation.sent_at,
    sendBefore: conversation.send_before,
    reason,
    words: reason && explain(reason).cause,
    detail: conversation.failure_detail,
    step: operatorStep(conversation, now),
    attempts: { used: conversation.attempt_count, allowed: ATTEMPTS },
    vendorMessageId: conversation.vendor_message_id,
    template: composition && `${composition.template_name} version ${composition.template_version}`,
    model: composition?.model,
    verdicts: composition?.verdicts,
    tokens: usage && { prompt: usage.prompt_tokens, completion: usage.completion_tokens, total: usage.total_tokens },
    way: stepsOf(conversation.history),
    answers: answersOf(conversation, text),
    taskComplete: conversation.task_complete === 1,
    reminderOf: conversation.reminder_of,
    replies: countReplies(conversation),
    repliesWaitSince: conversation.reply_attention === undefined ? undefined : conversation.reply_since,
    repliesDealtWith: conversation.replies_dealt_with?.at(-1),
    messages: text ? messages.map(({ timestamp, role, content }) => ({ timestamp, role, content })) : undefined,
    facts: reveal ? conversation.project_data : undefined,
  };
}

function answersOf(
  { expected_answers: expected, answers = {} }: Conversation,
  text: boolean,
): readonly AnswerView[] | undefined {
  return expected?.map(({ name, type, required }) => {
    const kept = Object.hasOwn(answers, name) ? answers[name] : undefined;
    const words = text && kept ? { value: kept.value, quote: kept.quote } : {};
    return { name, type, required, ...(kept && { answeredAt: kept.at }), ...words };
  });
}
