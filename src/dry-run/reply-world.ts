import type { Answering } from '../conversation/answering';
import type { Burst } from '../conversation/burst';
import type { TurnBudget } from '../conversation/reserve-turn';
import type { Question } from '../conversation/understand-question';
import type { ChannelSettings, Project } from '../core/company/company';
import { narrowAnswers } from '../core/company/narrow-answers';
import type { ConversationRequest } from '../core/contract/request';
import { recipientAddress } from '../core/contract/request';
import type { Conversation } from '../core/lifecycle/conversation';
import type { Thread } from '../core/lifecycle/thread-record';
import { NEW_THREAD } from '../core/lifecycle/thread-record';
import type { Clock } from '../core/ports/clock';
import { timestamp } from '../core/ports/clock';
import type { LanguageModel, ModelCredential } from '../core/ports/language-model';
import type { InboundMessage } from '../core/ports/receipt';
import type { ThreadLine } from '../core/ports/threads';
import type { CallMeter } from '../core/usage/call-meter';
import type { Triage } from '../receipts/triage';
import { newConversation, newIdempotencyRecord } from '../router/conversation-record';

/** The message that is answered: what was asked for, and by which settings. */
export interface Asked {
  readonly request: ConversationRequest;
  readonly project: Project;
  readonly settings: ChannelSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A reply as it might come to the message of a request. */
export interface ReplyTrial extends Asked {
  /** The company's record, as it is stored. */
  readonly record: Readonly<Record<string, unknown>>;
  /** The texts of one burst, oldest first. */
  readonly wrote: readonly string[];
  readonly access: ModelCredential;
  readonly calls: CallMeter;
  readonly timeBudgetMilliseconds: number;
}

export interface TrialPorts {
  readonly model: LanguageModel;
  /** Reserves what the model may cost, as a turn does; absent: nothing is counted. */
  readonly reserve?: (burst: Burst, question: Question) => Promise<TurnBudget>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What is read, and by which cards it may be answered. */
export interface Reading {
  readonly trial: ReplyTrial;
  readonly burst: Burst;
  readonly answering: Answering | undefined;
}

/** Days for which nothing is kept: the record is made to be read once. */
const KEPT = 1;

/** The conversation as it would stand once its message was sent; its words are the template's, with their variables. */
export function sentConversation({ request, project, settings, now }: Asked): Conversation {
  const narrowed = narrowAnswers(request, settings);
  const made = newConversation({
    request, project, settings, now, retentionDays: KEPT, changeId: '',
    key: newIdempotencyRecord(request, settings, now, KEPT).conversation,
    ...('expected' in narrowed ? { expected: narrowed.expected } : {}),
  });
  const { template } = settings.content;
  const first = {
    message_id: 'message', timestamp: timestamp(now), role: 'assistant' as const,
    content: 'body' in template ? template.body : template.text,
    prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
  };
  return { ...made, conversation_status: 'initial_message_sent', messages: [first] };
}

/** One text of the recipient, as it would come in. */
export function inboundOf({ request, settings }: Asked, text: string, index: number): InboundMessage {
  return {
    from: recipientAddress(request), to: settings.sender, text, attachments: 0, vendorMessageId: `reply-${index + 1}`,
  };
}

/** A chat in which nothing was said before but the message that is answered. */
export function freshThread({ request, now }: Asked, count: number): Thread {
  return {
    ...NEW_THREAD,
    company_id: request.company_data.company_id,
    channel_method: request.request_data.channel_method,
    message_sequence: count,
    sequence: count,
    last_inbound_at: timestamp(now),
    time_to_live: 0,
    last_change: '',
  };
}

/** What the recipient wrote, as a turn would find it. */
export function linesOf(
  { now }: Asked, wrote: readonly string[], judged: readonly Triage[], conversation: Conversation,
): readonly ThreadLine[] {
  return wrote.map((content, index) => ({
    sequence: index + 1, role: 'user', message_id: `reply-${index + 1}`, timestamp: timestamp(now), content,
    conversation: conversation.conversation_id,
    ...(judged[index]?.unread === undefined ? {} : { unread: judged[index].unread }),
    ...(judged[index]?.card === undefined ? {} : { card: judged[index].card }),
  }));
}
