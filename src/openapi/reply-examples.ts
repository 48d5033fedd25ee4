import type { Acknowledged, OwnerAnswer, ReplyAccepted } from '../client-replies/reply-answers';
import { CONVERSATION_EXAMPLE, CONVERSATION_ID } from './examples';

const REPLY_ID = '7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f';

export const REPLY_EXAMPLE = { request_id: REPLY_ID, text: 'Thank you, Amara. Friday at ten is fine.' };

export const REPLY_ACCEPTED_EXAMPLE: ReplyAccepted = {
  status: 'success',
  request_id: REPLY_ID,
  conversation_id: CONVERSATION_ID.replace(CONVERSATION_EXAMPLE.request_id, REPLY_ID),
  in_reply_to: CONVERSATION_ID,
  message: 'The reply was accepted and is queued.',
  queue_timestamp: '2026-11-22T11:45:00.120Z',
};

export const TAKEN_EXAMPLE: OwnerAnswer = {
  status: 'success',
  conversation_id: CONVERSATION_ID,
  owner: 'client',
  message: 'The engine is silent in this conversation.',
  leaving_request_id: null,
};

export const RETURNED_EXAMPLE: OwnerAnswer = {
  ...TAKEN_EXAMPLE,
  owner: 'engine',
  message: 'As the project says, the engine reads and answers what comes from now on, and what it had not read yet.',
};

export const ACKNOWLEDGED_EXAMPLE: Acknowledged = {
  status: 'success',
  conversation_id: CONVERSATION_ID,
  message: 'No reply of the conversation waits for a person.',
};
