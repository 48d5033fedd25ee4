import type { Conversation } from '../../core/lifecycle/conversation';
import { findConversationById } from '../../core/lifecycle/find-conversation';
import { listCompanyReviews } from '../../operations/handoffs/list-company-reviews';
import type { ReviewItem } from '../../operations/handoffs/review-item';
import { reviewItem } from '../../operations/handoffs/review-item';
import { approve } from '../../review/approve';
import { reject } from '../../review/reject';
import { ApiError } from '../http/page-call';
import { approvedWords, decidedBy, rejectedWords } from './decided-words';
import { withKey } from './record-key';
import { route } from './route';
import type { ConsolePorts, Route } from './route';
import {
  approveBody,
  companyQuery,
  decidedSchema,
  proofBody,
  rejectBody,
  reviewItemSchema,
  reviewsSchema,
} from './schemas';

const PAGE = 50;

/** What is read of a message when it is looked at, as the audit names it. */
const SHOWN = ['text', 'values', 'facts', 'recipient'];

const list = route({
  method: 'GET',
  path: '/reviews',
  name: 'listReviews',
  scope: 'company',
  anyOf: ['review'],
  summary: 'What waits for a decision in a company; what has to go soonest comes first',
  query: companyQuery,
  answer: reviewsSchema,
  handle: async ({ company, ports }) => {
    const { waiting, more } = await listCompanyReviews(ports, company, PAGE);
    return { waiting: waiting.map(withKey), more };
  },
});

const show = route({
  method: 'GET',
  path: '/reviews/{id}',
  name: 'showReview',
  scope: 'conversation',
  anyOf: ['review'],
  summary: 'One message that waits: its text, values, claims and facts',
  answer: reviewItemSchema,
  handle: async ({ conversationId, ports, audit }) => {
    const item = await heldItem(conversationId, ports);
    await audit('read_text', SHOWN);
    return shownItem(item);
  },
});

const prove = route({
  method: 'POST',
  path: '/reviews/{id}/proof',
  name: 'proveReview',
  scope: 'conversation',
  anyOf: ['review'],
  summary: 'The same message with values that the person has written; nothing is changed',
  body: proofBody,
  answer: reviewItemSchema,
  handle: async ({ conversationId, body, ports, audit }) => {
    const item = await heldItem(conversationId, ports, body.values);
    await audit('read_text', SHOWN);
    return shownItem(item);
  },
});

const approveRoute = route({
  method: 'POST',
  path: '/reviews/{id}/approve',
  name: 'approveReview',
  scope: 'conversation',
  anyOf: ['review'],
  summary: 'Lets the message go, if it is still the one that the person saw and its words can be proved',
  body: approveBody,
  answer: decidedSchema,
  handle: async ({ conversationId, person, body: { heldSince, shown, values }, ports, audit }) => {
    await sameAsShown(conversationId, shown, ports);
    const order = { conversationId, reviewer: person.name, heldSince, values };
    const result = await approve(order, ports);
    const said = approvedWords(result);
    if (said.fault) throw new ApiError(said.fault);
    await audit('approve', ['decision', ...Object.keys(values).map((name) => `values.${name}`)]);
    return { outcome: result.outcome, message: said.words };
  },
});

const rejectRoute = route({
  method: 'POST',
  path: '/reviews/{id}/reject',
  name: 'rejectReview',
  scope: 'conversation',
  anyOf: ['review'],
  summary: 'Ends the message unsent, with a reason that the client reads',
  body: rejectBody,
  answer: decidedSchema,
  handle: async ({ conversationId, person, body: { heldSince, shown, note }, ports, audit }) => {
    await sameAsShown(conversationId, shown, ports);
    const result = await reject({ conversationId, reviewer: person.name, heldSince, note }, ports);
    const said = rejectedWords(result);
    if (said.fault) throw new ApiError(said.fault);
    await audit('reject', ['decision', 'note']);
    return { outcome: result.outcome, message: said.words };
  },
});

export const REVIEW_ROUTES: readonly Route[] = [list, show, prove, approveRoute, rejectRoute];

function shownItem(item: ReviewItem) {
  return { ...item, held: withKey(item.held) };
}

async function heldItem(
  conversationId: string,
  ports: ConsolePorts,
  edited: Readonly<Record<string, string>> = {},
): Promise<ReviewItem> {
  const found = await findConversationById(conversationId, ports);
  if (!found) throw gone();
  if (found.conversation.conversation_status !== 'awaiting_review') throw decided(found.conversation);
  return reviewItem(found, edited, ports.clock.now());
}

/** The words, values and facts that wait now have to be those that the person saw. */
async function sameAsShown(conversationId: string, shown: string, ports: ConsolePorts): Promise<void> {
  const found = await findConversationById(conversationId, ports);
  if (!found) throw gone();
  // What was decided meanwhile is answered by the decision itself.
  if (found.conversation.conversation_status !== 'awaiting_review') return;
  if (reviewItem(found, {}, ports.clock.now()).shown !== shown) {
    throw new ApiError({
      status: 409,
      code: 'CHANGED',
      message: 'Nothing was decided: other words or facts wait now than those that you saw. Look again, then decide.',
    });
  }
}

function gone(): ApiError {
  return new ApiError({
    status: 404,
    code: 'NOT_FOUND',
    message: 'Showing the message failed: this stage holds no such conversation. Go back to the list.',
  });
}

function decided(conversation: Conversation): ApiError {
  return new ApiError({
    status: 409,
    code: 'DECIDED',
    message: `It does not wait any more: ${decidedBy(conversation)}. Go on with the next one.`,
  });
}
