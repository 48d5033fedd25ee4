import { BODY_LIMIT, DEPTH_LIMIT } from '../router/parse-body';

/** By schema and dotted path: what a field is for. A field without one fails the document. */
export const FIELD_DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ConversationRequest: {
    '': `One message to one person. At most ${BODY_LIMIT / 1024} KB. A field that is null or empty counts as missing; fields that are not named here are ignored.`,
    'company_data': 'Who asks.',
    'company_data.company_id': 'The company, as the operator has named it.',
    'company_data.project_id': 'One of the company\'s projects: its senders, templates and limits.',
    'recipient_data': 'To whom the message goes.',
    'recipient_data.recipient_first_name': 'First name, as it may stand in a message.',
    'recipient_data.recipient_last_name': 'Last name.',
    'recipient_data.recipient_tel': 'Telephone number in E.164 form. Needed for the channels whatsapp and sms.',
    'recipient_data.recipient_email': 'E-mail address. Needed for the channel email.',
    'recipient_data.comms_consent': 'Whether the person has agreed to be written to. The engine writes to nobody who has not.',
    'project_data': `The facts that the message is about, of any shape up to ${DEPTH_LIMIT} levels deep. Nothing reaches the recipient that they do not justify. Numbers must be exact in double precision: send longer ones as text.`,
    'request_data': 'What identifies the request.',
    'request_data.request_id': 'UUID of version 4 in lower case, made by the client once for each message. The same one with the same body may be sent again at any time and never makes a second message.',
    'request_data.channel_method': 'The way to the recipient. Any letter case is taken.',
    'request_data.initial_request_timestamp': 'When the client first asked, in ISO 8601; without an offset it is taken as UTC.',
  },
  AcceptedRequest: {
    '': 'The request was accepted and its message is queued.',
    'status': '`success`.',
    'request_id': 'As it was sent.',
    'message': 'For people to read; programs look at `status`.',
    'queue_timestamp': 'When the request was accepted first; a replay answers the same.',
    'conversation_id': 'Names the conversation from now on: `<company_id>#<project_id>#<request_id>#<sender>`.',
  },
  Refusal: {
    '': 'Why a request was not accepted.',
    'status': '`error`.',
    'error_code': 'For programs. New ones may be added; treat one that you do not know by its HTTP status.',
    'message': 'For people: names the field and what is wrong with it.',
    'request_id': 'As it was sent; `unknown` where none could be read.',
    'details': 'Every fault of the request\'s shape.',
    'details[].path': 'The field in dotted notation.',
    'details[].message': 'What is wrong with it.',
  },
};
