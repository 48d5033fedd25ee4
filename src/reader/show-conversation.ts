import type { Citation, Conversation } from '../core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../core/lifecycle/conversation';
import { stepsOf } from '../core/lifecycle/history-steps';
import { isTestMessage } from '../core/lifecycle/test-message';
import { explain, isFailureReason } from '../core/lifecycle/failure';
import { clientStep } from '../core/lifecycle/next-step';
import { countReplies } from '../core/lifecycle/reply-transitions';
import { valueSources } from '../core/lifecycle/value-sources';
import type { ConversationAnswer } from './conversation-answer';

/**
 * A record as its client may see it: no secret's name, no reviewer, nothing of the recipient, and text only where it is
 * asked for.
 */
export function showConversation(conversation: Conversation, includesText: boolean): ConversationAnswer {
  const { conversation_status: status, history, messages } = conversation;
  return {
    status: 'success',
    conversation_id: conversation.conversation_id,
    company_id: conversation.company_id,
    project_id: conversation.project_id,
    request_id: conversation.request_id,
    channel_method: conversation.channel_method,
    is_test: isTestMessage(conversation),
    conversation_status: status,
    is_final: TERMINAL_STATUSES.some((terminal) => terminal === status),
    reason: reasonOf(conversation),
    next_action: clientStep(conversation),
    delivery_status: conversation.delivery_status ?? null,
    attempts: conversation.attempt_count,
    accepted_at: conversation.created_at,
    updated_at: conversation.updated_at,
    sent_at: conversation.sent_at ?? null,
    send_at: conversation.send_at ?? null,
    send_before: conversation.send_before,
    composition: compositionOf(conversation, includesText),
    task_complete: conversation.task_complete === 1,
    replies: countReplies(conversation),
    answers: answersOf(conversation, includesText),
    reminder_of: conversation.reminder_of ?? null,
    history: stepsOf(history).map((step) => ({
      at: step.at,
      status: step.status,
      ...(step.reason ? { reason: step.reason } : {}),
      ...(step.event ? { event: step.event } : {}),
    })),
    ...(includesText && {
      messages: messages.map(({ message_id, timestamp, role, content }) => ({ message_id, timestamp, role, content })),
    }),
  };
}

/** An answer is the recipient's words, as a message is. */
function answersOf(
  { expected_answers: expected = [], answers = {} }: Conversation,
  includesText: boolean,
): ConversationAnswer['answers'] {
  return expected.map(({ name, type, required }) => {
    const kept = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (!kept) return { name, type, required, answered_at: null, version: null };
    const { value, quote, message_id, at, version } = kept;
    const shown = { name, type, required, answered_at: at, version };
    return includesText ? { ...shown, value, quote, message_id } : shown;
  });
}

type ShownComposition = NonNullable<ConversationAnswer['composition']>;

function compositionOf({ composition, review }: Conversation, includesText: boolean): ShownComposition | null {
  if (!composition) return null;
  const { template_name, template_version, values, evidence = {} } = composition;
  const sources = valueSources(composition, review?.edited);
  const variables = sources.map(({ name, source }) => ({
    name,
    source,
    ...(includesText && Object.hasOwn(values, name) && { value: values[name], evidence: pathsIn(evidence[name]) }),
  }));
  return { template_name, template_version, variables };
}

function pathsIn(citations: readonly Citation[] = []): string[] {
  return [...new Set(citations.map(({ path }) => path))];
}

const EARLIER_ENGINE = { code: 'earlier_engine', message: 'An engine before this one ended the message.' };

/** A person's words about a rejection are meant for the client. */
function reasonOf({
  failure_reason: code,
  conversation_status: status,
  review,
}: Conversation): ConversationAnswer['reason'] {
  if (!code) return null;
  // What an engine before this one noted in its own words is for its operator.
  if (!isFailureReason(code)) return EARLIER_ENGINE;
  const { cause } = explain(code);
  return { code, message: status === 'rejected' && review?.note ? `${cause} ${review.note}` : cause };
}
