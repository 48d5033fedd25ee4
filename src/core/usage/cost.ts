import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { ChannelSettings, Project } from '../company/company';
import type { Conversation, ConversationStatus, MessagePrices } from '../lifecycle/conversation';
import { ATTEMPTS, MODEL_CALLS } from '../lifecycle/limits';
import { isTestSender } from '../lifecycle/test-message';
import type { ChannelTemplate, FilledMessage } from '../company/template';
import { writtenVariables } from '../company/template';
import type { TemplateVariable } from '../channels/template-base';

type Budget = NonNullable<Project['budget']>;

/** Amounts are kept as whole millionths. */
export const MILLION = 1_000_000;

/**
 * Tokens of the engine's own texts in one call: its rules, the repair's, the channel's, and what the vendor puts around
 * the parts of a request. A test holds the texts to it.
 */
const RULE_TOKENS = 4_000;
/** Tokens of the engine's own texts for one variable: its part of the schema, and why its value was refused. */
const VARIABLE_TOKENS = 500;
/** Tokens that an answer needs around its values, what the model thinks included. */
const ANSWER_TOKENS = 2_000;
/** Tokens of one variable's evidence beside its quotes, which are about as long as the value. */
const EVIDENCE_TOKENS = 300;
/** So much dearer may a call become by an edit of the company record before it counts for two. */
const EDIT_MARGIN = 1.25;

/**
 * Tokens that one answer of the model may have, its thinking included: what is reserved for it, and what the model is
 * held to (`max_output_tokens`).
 */
export function answerTokensAtMost(written: ReadonlyArray<Pick<TemplateVariable, 'max_length'>>): number {
  return ANSWER_TOKENS + written.reduce((sum, { max_length: length }) => sum + 2 * length + EVIDENCE_TOKENS, 0);
}

/** What a month of the project may cost, in millionths of its currency. */
export function monthlyMicros(budget: Budget): number {
  return Math.round(budget.monthly_limit * MILLION);
}

/** What a message of a channel is charged by. */
export function pricesOf({ currency, prices }: Budget, channel: Channel): MessagePrices {
  const { tokens_in_per_1000, tokens_out_per_1000, messages } = prices;
  return { currency, tokens_in_per_1000, tokens_out_per_1000, send: messages[channel] };
}

/** What may be known of a message before it is composed: all that the model can be given. */
export interface MessageFacts {
  readonly project_data: Readonly<Record<string, unknown>>;
  readonly recipient_first_name?: string | undefined;
  readonly recipient_last_name?: string | undefined;
}

/**
 * Tokens that the model may be given in one call. A token stands for at least one byte, so no language and no choice of
 * facts makes more of them. The template counts twice, since its variables stand in the schema too; an
 * answer that is to be repaired comes back in the next call.
 */
export function promptTokensAtMost(project: Project, { model, content }: ChannelSettings, facts: MessageFacts): number {
  const written = writtenVariables(content.template);
  const { company_name, project_name, company_rep } = project;
  const { project_data, recipient_first_name, recipient_last_name } = facts;
  const bytes = [
    { company_name, project_name, company_rep, project_data, recipient_first_name, recipient_last_name },
    model.instructions,
    content.template,
    content.template,
  ].reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
  return RULE_TOKENS + VARIABLE_TOKENS * written.length + bytes + answerTokensAtMost(written);
}

/** What one call of the model may cost at the most, in millionths of the currency; 0 where the model writes nothing. */
export function callCostAtMost(
  prices: MessagePrices,
  project: Project,
  settings: ChannelSettings,
  facts: MessageFacts,
): number {
  const written = writtenVariables(settings.content.template);
  if (written.length === 0) return 0;
  const prompt = promptTokensAtMost(project, settings, facts);
  return Math.ceil(tokensCost(prices, prompt, answerTokensAtMost(written)));
}

/** What a message may cost, and by which prices it is reckoned. */
export interface Reservation {
  /** Millionths of the currency. */
  readonly reserved: number;
  readonly prices: MessagePrices;
}

/**
 * What a message may cost at the most: every call of the model that it may make in its life, and every send of the
 * longest text. Whatever the model and the vendor answer or fail to answer, it costs no more. What was reserved too
 * much comes back when the message is terminal.
 */
export function reservationFor(
  budget: Budget,
  project: Project,
  settings: ChannelSettings,
  facts: MessageFacts,
): Reservation {
  const usual = pricesOf(budget, settings.content.channel);
  // Nothing of a test is sent.
  const base = isTestSender(settings.sender) ? { ...usual, send: 0 } : usual;
  const call = Math.ceil(EDIT_MARGIN * callCostAtMost(base, project, settings, facts));
  const parts = longest(settings.content);
  const prices = { ...base, call, parts };
  return { prices, reserved: MODEL_CALLS.inAll * call + Math.ceil(MILLION * base.send * parts * ATTEMPTS) };
}

/** For how many reserved calls one call counts that may cost so much by now. */
export function callWeight({ call: reserved }: MessagePrices, call: number): number {
  return reserved === undefined || call <= reserved ? 1 : Math.ceil(call / reserved);
}

/** Sends that the reservation covers where the message has so many parts. */
export function sendsCovered(prices: MessagePrices | undefined, filled: FilledMessage | undefined): number {
  const reserved = prices?.parts;
  const parts = filled ? chargedParts(filled) : 1;
  return reserved === undefined || parts <= reserved ? ATTEMPTS : Math.floor((ATTEMPTS * reserved) / parts);
}

type Charged = Pick<
  Conversation,
  'composition' | 'conversation_status' | 'attempt_count' | 'model_calls' | 'model_answers'
>;

/**
 * What a message that is terminal did cost, in millionths of the currency. What nobody knows counts as it may have been
 * at the most: a call of the model without an answer, and the sends of a message whose answer was lost.
 */
export function costOf(prices: MessagePrices, conversation: Charged): number {
  const { composition } = conversation;
  const parts = composition ? chargedParts(composition.filled) : 1;
  return Math.ceil(modelCost(prices, conversation) + MILLION * prices.send * parts * sends(conversation));
}

function modelCost(prices: MessagePrices, conversation: Charged): number {
  const { composition, model_calls: calls, model_answers: answers } = conversation;
  // A record of before calls were counted.
  if (calls === undefined || prices.call === undefined) {
    const { prompt_tokens: prompt = 0, completion_tokens: completion = 0 } = composition?.usage ?? {};
    return tokensCost(prices, prompt, completion);
  }
  const { calls: answered = 0, tokens_in: prompt = 0, tokens_out: completion = 0 } = answers ?? {};
  return tokensCost(prices, prompt, completion) + Math.max(0, calls - answered) * prices.call;
}

/** A second send is still possible: the vendor's list may allow it, or an operator. */
const MAY_BE_SENT_AGAIN: readonly ConversationStatus[] = ['send_unknown', 'send_unconfirmed'];

/** Sends that were begun and not given back; the last of a message that did not go was refused, and costs nothing. */
function sends({ conversation_status: status, attempt_count: attempts }: Charged): number {
  if (MAY_BE_SENT_AGAIN.includes(status)) return Math.max(ATTEMPTS, attempts);
  if (status === 'initial_message_sent') return Math.max(1, attempts);
  return status === 'failed_to_send_message' || status === 'suppressed' ? Math.max(0, attempts - 1) : attempts;
}

/** Millionths of the currency. */
export function tokensCost(prices: MessagePrices, prompt: number, completion: number): number {
  return (MILLION * (prompt * prices.tokens_in_per_1000 + completion * prices.tokens_out_per_1000)) / 1000;
}

function longest<Known extends Channel>(content: ChannelTemplate<Known>): number {
  return CHANNEL_DEFINITIONS[content.channel].text.mostParts(content.template);
}

/** Parts that a vendor charges for: the segments of an SMS. */
export function chargedParts<Known extends Channel>(filled: FilledMessage<Known>): number {
  return CHANNEL_DEFINITIONS[filled.channel].text.parts(filled);
}
