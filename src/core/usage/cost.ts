import type { Channel } from '../channel';
import { CHANNEL_DEFINITIONS } from '../channel';
import type { ChannelSettings, Project } from '../company/company';
import type { Conversation, ConversationStatus, MessagePrices } from '../lifecycle/conversation';
import { ATTEMPTS } from '../lifecycle/limits';
import type { ChannelTemplate, FilledMessage } from '../company/template';
import { writtenVariables } from '../company/template';
import type { TemplateVariable } from '../channels/template-base';

type Budget = NonNullable<Project['budget']>;

/** Amounts are kept as whole millionths. */
export const MILLION = 1_000_000;

/** Calls of the model that a message may cost: one, and one repair. */
const CALLS = 2;
/** Bytes of text that a token stands for at the least, in the languages that models write worst. */
const BYTES_OF_TOKEN = 2;
/** Tokens of the engine's own rules and of the answer's schema, generously. */
const RULE_TOKENS = 2_000;
/** Tokens that an answer needs around its values, what the model thinks included. */
const ANSWER_TOKENS = 2_000;

/**
 * Tokens that one answer of the model may have, its thinking included: what is reserved for it, and what the model is
 * held to (`max_output_tokens`).
 */
export function answerTokensAtMost(written: ReadonlyArray<Pick<TemplateVariable, 'max_length'>>): number {
  return ANSWER_TOKENS + written.reduce((sum, { max_length: length }) => sum + length, 0);
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

/**
 * What a message may cost at the most, in millionths of the currency: both calls of the model with all of the facts,
 * and the longest message. So a budget stops before it is spent; what was reserved too much comes back when the
 * message has come to rest.
 */
export function costAtMost(
  prices: MessagePrices,
  { model, content }: ChannelSettings,
  facts: Readonly<Record<string, unknown>>,
): number {
  const variables = writtenVariables(content.template);
  const isWritten = variables.length > 0;
  const read = [JSON.stringify(facts), model.instructions, JSON.stringify(content.template)].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  const prompt = isWritten ? CALLS * (RULE_TOKENS + read / BYTES_OF_TOKEN) : 0;
  const completion = isWritten ? CALLS * answerTokensAtMost(variables) : 0;
  const times = content.template.resend_on_unknown ? ATTEMPTS : 1;
  return Math.ceil(tokensCost(prices, prompt, completion) + MILLION * prices.send * longest(content) * times);
}

/**
 * What a message that has come to rest did cost, in millionths of the currency. A send whose answer was lost counts
 * as made.
 */
export function costOf(
  prices: MessagePrices,
  conversation: Pick<Conversation, 'composition' | 'conversation_status' | 'attempt_count'>,
): number {
  const { composition } = conversation;
  const { prompt_tokens: prompt = 0, completion_tokens: completion = 0 } = composition?.usage ?? {};
  const parts = composition ? chargedParts(composition.filled) : 1;
  return Math.ceil(tokensCost(prices, prompt, completion) + MILLION * prices.send * parts * sends(conversation));
}

const WENT: readonly ConversationStatus[] = ['initial_message_sent', 'send_unknown', 'send_unconfirmed'];

/** Sends that were begun and not given back; the last of a message that did not go was refused, and costs nothing. */
function sends({
  conversation_status: status,
  attempt_count: attempts,
}: Pick<Conversation, 'conversation_status' | 'attempt_count'>): number {
  if (WENT.includes(status)) return Math.max(1, attempts);
  return status === 'failed_to_send_message' || status === 'suppressed' ? Math.max(0, attempts - 1) : attempts;
}

function tokensCost(prices: MessagePrices, prompt: number, completion: number): number {
  return (MILLION * (prompt * prices.tokens_in_per_1000 + completion * prices.tokens_out_per_1000)) / 1000;
}

function longest<Known extends Channel>(content: ChannelTemplate<Known>): number {
  return CHANNEL_DEFINITIONS[content.channel].text.mostParts(content.template);
}

function chargedParts<Known extends Channel>(filled: FilledMessage<Known>): number {
  return CHANNEL_DEFINITIONS[filled.channel].text.parts(filled);
}
