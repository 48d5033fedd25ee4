import { findConversationById } from '../../core/lifecycle/find-conversation';
import { acknowledgeReplies } from '../../operations/replies/acknowledge-replies';
import { listCompanyReplies } from '../../operations/replies/list-company-replies';
import { ApiError } from '../http/page-call';
import { withKey } from './record-key';
import { route } from './route';
import type { Route } from './route';
import { acknowledgeBody, companyQuery, decidedSchema, repliesSchema } from './schemas';

const PAGE = 50;

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
    const { waiting, more } = await listCompanyReplies(ports, company, PAGE);
    return { waiting: waiting.map(withKey), more };
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
    const found = await findConversationById(conversationId, ports);
    if (!found) {throw conflict(404, 'NOT_FOUND', 'Marking the replies failed: this stage holds no such conversation.');}
    const actor = { id: person.name, roles: person.grants.map(({ role, company }) => `${role}:${company}`) };
    const result = await acknowledgeReplies(ports, { conversation: found.conversation, seen, actor });
    switch (result.outcome) {
      case 'done':
        await audit('acknowledge_replies', ['replies_dealt_with']);
        return { outcome: 'done', message: 'Marked as done.' };
      case 'done_before':
        throw conflict(
          409,
          'DECIDED',
          `${result.acknowledgement.by} marked them as done at ${result.acknowledgement.at}.`,
        );
      case 'unread':
        throw conflict(
          409,
          'CHANGED',
          'Nothing was marked: another reply came since. Read it, then mark them again.',
        );
      case 'none_waiting':
        throw conflict(409, 'DECIDED', 'No reply of this conversation waits for a person.');
      case 'contended':
        throw conflict(409, 'CHANGED', 'Nothing was marked: the record changed while it was written. Try again.');
      case 'gone':
        throw conflict(404, 'NOT_FOUND', 'Marking the replies failed: the record is gone.');
    }
  },
});

export const REPLY_ROUTES: readonly Route[] = [list, acknowledge];

function conflict(status: number, code: string, message: string): ApiError {
  return new ApiError({ status, code, message });
}
