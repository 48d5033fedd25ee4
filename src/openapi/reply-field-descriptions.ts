import { CHANNEL_DEFINITIONS, CHANNELS } from '../core/channel';

const LONGEST_REPLIES = CHANNELS.map((channel) => `${channel} ${CHANNEL_DEFINITIONS[channel].freeText.limit}`).join(', ');

/** The descriptions of what clients write and take over, as FIELD_DESCRIPTIONS. */
export const REPLY_FIELD_DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NewReply: {
    '': 'Words for a recipient who has written. Fields that are not named here are refused.',
    'request_id':
      'UUID of version 4 in lower case, made by the client once for each reply, as for a request. The same one with the '
      + 'same words may be sent again at any time and never makes a second message.',
    'text':
      `What the recipient reads, as it is. Characters at most: ${LONGEST_REPLIES}. Space around it is cut off.`,
  },
  ReplyAccepted: {
    '': 'The reply was accepted and is queued.',
    'status': '`success`.',
    'request_id': 'As it was sent.',
    'conversation_id': 'Names the reply, which is a message of its own: `GET /messages/{conversation_id}` says what became of it.',
    'in_reply_to': 'The conversation that is answered.',
    'message': 'For people to read; programs look at `status`.',
    'queue_timestamp': 'When the reply was accepted first; a replay answers the same.',
    'is_test': 'The conversation is a test: nothing is sent. Absent for all others.',
  },
  ConversationOwner: {
    '': 'Who answers the recipient from now on.',
    'status': '`success`.',
    'conversation_id': 'As it was asked for.',
    'owner': '`client`: you, and the engine is silent. `engine`: the engine, as the project says.',
    'message': 'For people to read; programs look at `owner`.',
    'leaving_request_id':
      'The `request_id` of the one reply that may be leaving at this moment; null where none is. Nothing follows it.',
  },
  RepliesDealtWith: {
    '': 'What you have dealt with. Fields that are not named here are refused.',
    'replies': 'All `replies` that the conversation had when you read it.',
  },
  RepliesAcknowledged: {
    '': 'The replies wait for nobody.',
    'status': '`success`.',
    'conversation_id': 'As it was asked for.',
    'message': 'For people to read.',
  },
};
