import type { Conversation } from '../../core/lifecycle/conversation';
import { CHANNEL_DEFINITIONS } from '../../core/channel';
import { timestamp } from '../../core/ports/clock';
import type { Actor } from '../../operations/actor';
import { conversationSummary, recipientName } from '../../operations/conversations/conversation-summary';
import { flatFacts } from '../../operations/handoffs/flat-facts';
import { acknowledgeReplies } from '../../operations/replies/acknowledge-replies';
import { listChats } from '../../operations/replies/list-chats';
import { listCompanyReplies } from '../../operations/replies/list-company-replies';
import { waitingReply } from '../../operations/replies/list-waiting-replies';
import { usefulUntil } from '../../core/lifecycle/service-window';
import { sendReply } from '../../operations/replies/send-reply';
import { returnThread, takeThread } from '../../operations/replies/take-over';
import type { ThreadView } from '../../operations/replies/thread-view';
import { viewThread } from '../../operations/replies/thread-view';
import type { Person } from '../people/may';
import { foundChat, mayReadChat } from './chat';
import { recordKey, withKey } from './record-key';
import { notDone, queuedReply, returnedWords, takenWords } from './reply-words';
import {
  acknowledgeBody, chatsQuery, chatsSchema, repliesSchema, replyViewSchema, sendReplyBody, sentReplySchema, takeBody,
  takenSchema,
} from './reply-schemas';
import { route } from './route';
import type { ConsolePorts, Route } from './route';
import { companyQuery, decidedSchema } from './schemas';

const PAGE = 50;

/** Lines of a chat that are shown, the newest. */
const LINES = 100;

const list = route({
  method: 'GET',
  path: '/replies',
  name: 'listReplies',
  scope: 'company',
  anyOf: ['answer'],
  summary: 'Conversations of a company whose recipients wait for an answer, longest first',
  query: companyQuery,
  answer: repliesSchema,
  handle: async ({ company, ports }) => {
    const { waiting, ...rest } = await listCompanyReplies(ports, company, PAGE);
    return { waiting: waiting.map(withKey), ...rest };
  },
});

const chats = route({
  method: 'GET',
  path: '/replies/chats',
  name: 'listChats',
  scope: 'company',
  anyOf: ['answer'],
  summary: 'Chats of a company that people have taken over, with who has them since when, or that were returned; 50 a page',
  query: chatsQuery,
  answer: chatsSchema,
  handle: async ({ company, person, query: { list: wanted, after }, ports }) => {
    const by = wanted === 'mine' ? person.name : undefined;
    const order = { company, list: wanted === 'returned' ? 'returned' : 'taken', by, after, limit: PAGE } as const;
    const page = await listChats(ports, order);
    return { ...page, chats: page.chats.map(withKey) };
  },
});

const show = route({
  method: 'GET',
  path: '/replies/{id}',
  name: 'showReplies',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'The chat that a conversation belongs to: who has it and, while it waits for or is with the caller, its words',
  answer: replyViewSchema,
  handle: async ({ conversationId, person, ports, audit }) => {
    // Read first: a reply that comes while the chat is read is then not among those that are marked as done.
    const conversation = await found(conversationId, ports);
    const thread = await viewThread(ports, conversation, { limit: LINES, text: true });
    const { shows, isMine } = mayReadChat(person, conversation, thread);
    if (shows) await audit('read_text', ['text', 'facts', 'recipient']);
    return shownReplies(conversation, thread, { shows, isMine }, ports.clock.now());
  },
});

const acknowledge = route({
  method: 'POST',
  path: '/replies/{id}/acknowledge',
  name: 'acknowledgeReplies',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'Marks the replies that the person has read; one that came since makes it fail',
  body: acknowledgeBody,
  answer: decidedSchema,
  handle: async ({ conversationId, person, body: { seen }, ports, audit }) => {
    const conversation = await found(conversationId, ports);
    const result = await acknowledgeReplies(ports, { conversation, seen, actor: actorOf(person) });
    switch (result.outcome) {
      case 'done':
        await audit('acknowledge_replies', ['replies_dealt_with']);
        return { outcome: 'done', message: 'Marked as done.' };
      case 'done_before': {
        const { by, at } = result.acknowledgement;
        throw notDone(409, 'DECIDED', `${by} marked them as done at ${at}.`);
      }
      case 'unread':
        throw notDone(409, 'CHANGED', 'Nothing was marked: another reply came since. Read it, then mark them again.');
      case 'none_waiting':
        throw notDone(409, 'DECIDED', 'No reply of this conversation waits for a person.');
      case 'contended':
        throw notDone(409, 'CHANGED', 'Nothing was marked: the record changed while it was written. Try again.');
      case 'gone':
        throw notDone(404, 'NOT_FOUND', 'Marking the replies failed: the record is gone.');
    }
  },
});

const take = route({
  method: 'POST',
  path: '/replies/{id}/take',
  name: 'takeOver',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'Gives the chat to the person: the engine sends nothing more in it; `from` takes it from who has it',
  body: takeBody,
  answer: takenSchema,
  handle: async ({ conversationId, person, body: { from }, ports, audit }) => {
    const conversation = await found(conversationId, ports);
    const result = await takeThread(ports, { conversation, actor: actorOf(person), from });
    const message = takenWords(result);
    await audit('take_over', ['thread.owner']);
    return { outcome: result.outcome, message, leaving: 'leaving' in result ? result.leaving : undefined };
  },
});

const giveBack = route({
  method: 'POST',
  path: '/replies/{id}/return',
  name: 'returnToEngine',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'Gives the chat back to the engine',
  answer: takenSchema,
  handle: async ({ conversationId, person, ports, audit }) => {
    const conversation = await found(conversationId, ports);
    const result = await returnThread(ports, { conversation, actor: actorOf(person) });
    const message = returnedWords(result);
    await audit('return_thread', ['thread.owner']);
    return { outcome: result.outcome, message };
  },
});

const send = route({
  method: 'POST',
  path: '/replies/{id}/messages',
  name: 'sendReply',
  scope: 'conversation',
  anyOf: ['answer'],
  summary: 'Sends own words in a chat that the person has taken over; the same words go once',
  body: sendReplyBody,
  answer: sentReplySchema,
  handle: async ({ conversationId, person, body: { text }, ports, audit }) => {
    const conversation = await found(conversationId, ports);
    const { outcome, reply } = queuedReply(await sendReply(ports, { conversation, text, actor: actorOf(person) }));
    await audit('send_reply', ['text']);
    return {
      outcome,
      message:
        outcome === 'queued' ? 'It is on its way.' : 'The same words were sent before; nothing was sent again.',
      key: recordKey(reply.conversation_id),
      status: reply.conversation_status,
    };
  },
});

export const REPLY_ROUTES: readonly Route[] = [list, chats, show, acknowledge, take, giveBack, send];

/** Who acts, as the command names its caller. */
function actorOf({ name, grants }: Person): Actor {
  return { id: name, roles: grants.map(({ role, company }) => `${role}:${company}`) };
}

async function found(conversationId: string, ports: ConsolePorts): Promise<Conversation> {
  return (await foundChat(conversationId, ports)).conversation;
}

function shownReplies(
  conversation: Conversation,
  thread: ThreadView | undefined,
  { shows, isMine }: { readonly shows: boolean; readonly isMine: boolean },
  now: number,
) {
  const { status, replies, waiting } = waitingReply(conversation, false, now);
  const { channel_method: channel, reply_attention: waits, reply_since: since } = conversation;
  return {
    ...withKey(conversationSummary(conversation, shows)),
    recipientName: recipientName(conversation, shows),
    status,
    since: waits === undefined ? undefined : since,
    replies,
    waiting,
    shows,
    thread: thread && {
      owner: thread.owner,
      takenBy: thread.takenBy,
      mine: isMine,
      leaving: thread.leaving,
      history: thread.history,
      silence: thread.silence,
      lines: shows ? thread.lines : [],
    },
    facts: shows ? flatFacts({ project_data: conversation.project_data }, conversation) : [],
    longest: CHANNEL_DEFINITIONS[channel].freeText.limit,
    writeUntil: channel === 'whatsapp' ? timestamp(windowEnd(conversation, thread, now)) : undefined,
  };
}

/** The moment of the last message that the recipient wrote decides; in the past where they never wrote. */
function windowEnd(
  { channel_method: channel }: Conversation, thread: ThreadView | undefined, now: number,
): number {
  return usefulUntil(channel, { last_inbound_at: thread?.lastInboundAt }, now);
}
