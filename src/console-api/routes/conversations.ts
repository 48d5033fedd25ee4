import type { Conversation, ConversationStatus } from '../../core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../core/lifecycle/conversation';
import { findConversationById } from '../../core/lifecycle/find-conversation';
import { operatorStep } from '../../core/lifecycle/next-step';
import { costOf, MILLION } from '../../core/usage/cost';
import { conversationSummary } from '../../operations/conversations/conversation-summary';
import { viewOf } from '../../operations/conversations/conversation-view';
import { listConversations } from '../../operations/conversations/list-conversations';
import type { ListedState, Selection } from '../../operations/conversations/selection';
import { LISTED_STATES } from '../../operations/conversations/selection';
import { flatFacts } from '../../operations/handoffs/flat-facts';
import { ApiError } from '../http/page-call';
import type { Person } from '../people/may';
import { may } from '../people/may';
import { withKey } from './record-key';
import { route } from './route';
import type { ConsolePorts, Route } from './route';
import { conversationsQuery, conversationsSchema, conversationViewSchema, revealBody, textSchema } from './schemas';

const PAGE = 50;

const list = route({
  method: 'GET',
  path: '/conversations',
  name: 'listConversations',
  scope: 'company',
  anyOf: ['see_states'],
  summary: "A company's conversations, the newest first, 50 a page",
  query: conversationsQuery,
  answer: conversationsSchema,
  handle: async ({ query, ports }) => {
    const { state, after, ...rest } = query;
    const selection: Selection = { ...rest, ...(state !== undefined && { state: knownState(state) }) };
    const page = await listConversations(ports, selection, { limit: PAGE, after });
    if (page.outcome === 'unknown_page') {
      throw new ApiError({
        status: 400,
        code: 'UNKNOWN_PAGE',
        message: 'Listing the conversations failed: the page does not follow one that was shown. Begin at the first.',
      });
    }
    const now = ports.clock.now();
    return { found: page.found.map((one) => listed(one, now)), next: page.next };
  },
});

const show = route({
  method: 'GET',
  path: '/conversations/{id}',
  name: 'showConversation',
  scope: 'conversation',
  anyOf: ['see_states'],
  summary: 'One conversation: its way through the states, attempts, reason and next action; no text, no names',
  answer: conversationViewSchema,
  handle: async ({ conversationId, company, person, ports }) => {
    const conversation = await found(conversationId, ports);
    const {
      messages: _none,
      facts: _no,
      repliesDealtWith: _left,
      ...view
    } = viewOf(conversation, { reveal: false, text: false }, ports.clock.now());
    return {
      ...withKey(view),
      way: [...view.way],
      cost: costIn(conversation),
      mayRead: mayRead(person, company, conversation),
    };
  },
});

/** A read, but recorded and with a reason in its body. */
const reveal = route({
  method: 'POST',
  path: '/conversations/{id}/text',
  name: 'readText',
  scope: 'conversation',
  anyOf: ['read_text', 'reveal_text', 'answer', 'review'],
  summary: 'The words, replies and facts of a conversation; recorded, and for operators with a reason',
  body: revealBody,
  answer: textSchema,
  handle: async ({ conversationId, company, person, body: { reason }, ports, audit }) => {
    const conversation = await found(conversationId, ports);
    const right = mayRead(person, company, conversation);
    if (right === 'no') {
      throw new ApiError({
        status: 403,
        code: 'FORBIDDEN',
        message: 'Showing the text failed: your role lets you read only what waits for you. Ask a company admin.',
      });
    }
    if (right === 'with_reason' && reason === undefined) {
      throw new ApiError({
        status: 400,
        code: 'REASON_NEEDED',
        message: 'Showing the text failed: choose a reason, which is recorded.',
      });
    }
    await audit(right === 'with_reason' ? 'reveal' : 'read_text', ['text', 'facts', 'recipient'], reason);
    const view = viewOf(conversation, { reveal: true, text: true }, ports.clock.now());
    const replies = await ports.threads.repliesTo(conversation);
    return {
      recipient: view.recipient,
      recipientName: view.recipientName,
      messages: withReplies(conversation, replies),
      facts: flatFacts({ project_data: conversation.project_data }, conversation),
    };
  },
});

export const CONVERSATION_ROUTES: readonly Route[] = [list, show, reveal];

function listed(conversation: Conversation, now: number) {
  return {
    ...withKey(conversationSummary(conversation, false)),
    status: conversation.conversation_status,
    delivery: conversation.delivery_status,
    acceptedAt: conversation.created_at,
    reason: conversation.failure_reason,
    step: operatorStep(conversation, now),
  };
}

/** What a person's roles open of this very conversation. */
export function mayRead(person: Person, company: string, conversation: Conversation): 'no' | 'yes' | 'with_reason' {
  if (may(person, 'read_text', company)) return 'yes';
  if (may(person, 'review', company) && conversation.conversation_status === 'awaiting_review') return 'yes';
  if (may(person, 'answer', company) && conversation.reply_attention !== undefined) return 'yes';
  return may(person, 'reveal_text', company) ? 'with_reason' : 'no';
}

async function found(conversationId: string, ports: ConsolePorts): Promise<Conversation> {
  const one = await findConversationById(conversationId, ports);
  if (one) return one.conversation;
  throw new ApiError({
    status: 404,
    code: 'NOT_FOUND',
    message: 'Showing the conversation failed: this stage holds none under this address. Go back to the list.',
  });
}

function knownState(word: string): ListedState {
  const known = LISTED_STATES.find((state) => state === word);
  if (known) return known;
  throw new ApiError({
    status: 400,
    code: 'UNKNOWN_STATE',
    message: `Listing the conversations failed: "${word.slice(0, 40)}" is not a state. Choose one of the list.`,
  });
}

/** Known once nothing more happens to the message by itself. */
function costIn(conversation: Conversation) {
  const { usage_prices: prices, conversation_status: status } = conversation;
  if (!prices || !TERMINAL.includes(status)) return undefined;
  return { currency: prices.currency, amount: costOf(prices, conversation) / MILLION };
}

const TERMINAL: readonly ConversationStatus[] = TERMINAL_STATUSES;

type Message = { readonly timestamp: string; readonly role: string; readonly content: string };

/** The record keeps its first message; what recipients wrote lies in their thread. */
function withReplies({ messages }: Conversation, replies: readonly Message[]): readonly Message[] {
  const kept = messages.filter(({ role }) => role === 'assistant' || replies.length === 0);
  return [...kept, ...replies]
    .map(({ timestamp, role, content }) => ({ timestamp, role, content }))
    .sort((one, other) => (one.timestamp < other.timestamp ? -1 : 1));
}
