import {
  BODY_LIMIT,
  DEPTH_LIMIT,
  FACT_NAME_LIMIT,
  FACT_TEXT_LIMIT,
  LONGEST_SCHEDULE_DAYS,
  SHORTEST_USE_SECONDS,
  VALUES_LIMIT,
} from '../core/contract/request';
import { DRY_RUN_DESCRIPTIONS } from './dry-run-descriptions';
import { EVENT_FIELD_DESCRIPTIONS } from './event-field-descriptions';
import { REPLY_FIELD_DESCRIPTIONS } from './reply-field-descriptions';

const FIELDS = {
  ConversationRequest: {
    '':
      `One message to one person. At most ${BODY_LIMIT / 1024} KB. A field that is null or empty counts as ` +
      `missing. Fields that are not named here are ignored, and named in \`warnings\`.`,
    'company_data': 'Who asks.',
    'company_data.company_id': 'The company, as the operator has named it.',
    'company_data.project_id': "One of the company's projects: its senders, templates and limits.",
    'recipient_data': 'To whom the message goes.',
    'recipient_data.recipient_first_name':
      'First name, as it may stand in a message. Optional: a template that needs it says so (`needs`).',
    'recipient_data.recipient_last_name': 'Last name. Optional like the first name.',
    'recipient_data.recipient_tel': 'Telephone number in E.164 form. Needed for the channels whatsapp and sms.',
    'recipient_data.recipient_email': 'E-mail address. Needed for the channel email.',
    'recipient_data.comms_consent':
      'Whether the person has agreed to be written to. The engine does not write to a person who has not agreed.',
    'project_data':
      `The facts that the message is about, of any shape up to ${DEPTH_LIMIT} levels deep, with fields of any name. ` +
      'Nothing reaches the recipient that they do not justify. Numbers must be exact in double precision: send longer ' +
      `ones as text. A text has at most ${FACT_TEXT_LIMIT} characters, a field's name ${FACT_NAME_LIMIT}, and the ` +
      'whole ' +
      `body ${VALUES_LIMIT} fields and elements.`,
    'request_data': 'What identifies the request.',
    'request_data.request_id':
      'UUID of version 4 in lower case, made by the client once for each message. The same one with the same body ' +
      'may be sent again at any time and never makes a second message.',
    'request_data.channel_method': 'The way to the recipient. Any letter case is taken.',
    'request_data.initial_request_timestamp':
      'When the client first asked, in ISO 8601, with or without a time of day; without an offset it is taken as UTC.',
    'request_data.test':
      'What a test plays in the parts of vendor and recipient; refused with `TEST_KEY_REQUIRED` unless the key is a test ' +
      'key. Left out, the message is delivered and read, and nobody replies.',
    'request_data.test.outcome':
      '`read`, `delivered` or `undelivered`: where the delivery ends; `refused`: the vendor does not take the message; ' +
      '`unanswered`: its answer is lost, and its list proves the message minutes later.',
    'request_data.test.reply': 'What the recipient writes once the message has arrived.',
    'request_data.expected_answers':
      'Narrows the answers that the template expects to these, in this order; left out, all of them are expected. It ' +
      'adds none: `GET /templates` lists what each template expects.',
    'request_data.expected_answers[].name': 'An answer of the template.',
    'request_data.expected_answers[].choices':
      "Two or more of the template's choices, spelled as there; left out, all of them.",
    'request_data.send_at':
      'Nothing of the message leaves before this moment, which must have its offset (`+01:00` or `Z`) and be at most ' +
      `${LONGEST_SCHEDULE_DAYS} days ahead. A moment that has passed asks for a send at once.`,
    'request_data.send_before':
      'Nothing of the message leaves after this moment, written like `send_at`: ' +
      `at least ${SHORTEST_USE_SECONDS} seconds and at most ${LONGEST_SCHEDULE_DAYS} days after \`send_at\`, or after ` +
      'now. Left out, it follows from the template.',
  },
  AcceptedRequest: {
    '': 'The request was accepted and its message is queued.',
    'status': '`success`.',
    'request_id': 'As it was sent.',
    'message': 'For people to read; programs look at `status`.',
    'queue_timestamp': 'When the request was accepted first; a replay answers the same.',
    'conversation_id': 'Names the conversation from now on: `<company_id>#<project_id>#<request_id>#<sender>`.',
    'is_test': 'The key is a test key: nothing is sent. Absent for all other keys.',
    'send_at': 'The message waits until this moment; absent where it goes as soon as it can.',
    'warnings':
      'Fields of the request that the engine does not know and ignored, at most ten; absent where there are none. A ' +
      'misspelled field is found here.',
    'warnings[].path': 'The field in dotted notation.',
    'warnings[].message': 'What became of it.',
  },
  Conversation: {
    '': 'What became of a request; null where there is nothing to tell yet.',
    'status': '`success`: the question was answered. What became of the message stands in `conversation_status`.',
    'conversation_id': 'As it was asked for.',
    'company_id': 'Of the request.',
    'project_id': 'Of the request.',
    'request_id': 'Of the request.',
    'channel_method': 'Of the request.',
    'is_test': 'Whether it was asked for by a test key: then nothing of it was or will be sent.',
    'conversation_status': 'Where the message is. It went if this is `initial_message_sent`; new words may be added.',
    'is_final': 'True once nothing more happens to the message by itself.',
    'reason': 'Why it waits, failed or was not delivered.',
    'reason.code': 'For programs: a word of a closed list.',
    'reason.message': 'For people.',
    'next_action': 'What the client should do now, in plain words.',
    'delivery_status': 'What the vendor says became of the message, once it was sent.',
    'attempts': 'Sends that were begun.',
    'accepted_at': 'When the request was accepted.',
    'updated_at': 'When the record changed last.',
    'sent_at': 'When the vendor took the message.',
    'send_at': 'The message is not sent before this moment; null where it goes as soon as it can.',
    'send_before': 'The message is not sent after this moment.',
    'composition': 'Where each value of the message came from; null before it is composed.',
    'composition.template_name': 'The template that the message is made of.',
    'composition.template_version': 'Its version.',
    'composition.variables': 'Every variable that has a value, or is still to be written.',
    'composition.variables[].name': 'The variable.',
    'composition.variables[].source':
      "`copied` from the request, `written` by the model, `repaired` by its second try, the template's own `fallback`, " +
      "given by a `person`, or still `unwritten`. A `fallback` says that the model's words could not be proved from " +
      'the facts.',
    'composition.variables[].value': 'The value; only where `include=text` asked for it.',
    'composition.variables[].evidence':
      'Paths of the facts that the model cited for the value, such as `project_data.unclear_point`; empty where it '
      + 'cited ' +
      'none or did not write the value. Only where `include=text` asked for it.',
    'task_complete': 'True once every required answer is there. False where no answer is expected.',
    'replies': 'Messages that the recipient wrote.',
    'answers': 'What the message asks for, as the request narrowed it; empty where it expects nothing.',
    'answers[].name': 'The name, as the template has it.',
    'answers[].type': 'The form of the value.',
    'answers[].required': '`task_complete` waits for it.',
    'answers[].answered_at': 'When the answer was kept; null where there is none yet.',
    'answers[].version': 'Counts from 1; each correction by the recipient counts one up. Null where there is none yet.',
    'answers[].value':
      'The answer: a text, an ISO 8601 date, a number, an amount with its ISO 4217 currency, one of the choices in its ' +
      'own spelling, or true and false for yes and no. Only where `include=text` asked for it.',
    'answers[].value.amount': 'The amount.',
    'answers[].value.currency': 'Its ISO 4217 currency.',
    'answers[].quote': "The recipient's own words that prove the value. Only where `include=text` asked for it.",
    'answers[].message_id':
      'The message that holds the quote, as in `messages`. Only where `include=text` asked for it.',
    'reminder_of':
      'The `conversation_id` that this message reminds of, where the engine sent it by itself because no answer had '
      + 'come; null otherwise.',
    'history': 'The way through the states, oldest first.',
    'history[].at': 'When the state was reached.',
    'history[].status': 'The state.',
    'history[].reason': 'Why, where there was a reason.',
    'history[].event': 'What happened beside the states of the message: it was answered, reminded of, or not answered.',
    'messages': 'What was written, by both sides; only where `include=text` asked for it.',
    'messages[].message_id': 'Identifies the message.',
    'messages[].timestamp': 'When it was written.',
    'messages[].role': '`assistant` for what the engine sent, `user` for what the person wrote.',
    'messages[].content': 'The text.',
  },
  ...REPLY_FIELD_DESCRIPTIONS,
  DryRun: DRY_RUN_DESCRIPTIONS,
  Templates: {
    '': "What each template of the key's projects needs.",
    'status': '`success`.',
    'company_id': 'The company of the key.',
    'templates': 'One for each project and channel that can send now.',
    'templates[].project_id': 'The project, as a request names it.',
    'templates[].channel_method': 'The channel, as a request names it.',
    'templates[].name': 'The template.',
    'templates[].version': 'Its version; it rises with each change.',
    'templates[].language': 'The language of the message, as a BCP 47 tag.',
    'templates[].needs': 'Dotted paths of facts. A request without one of them is refused with `MISSING_FACTS`.',
    'templates[].on_fallback':
      'What becomes of a message of which a required variable got its fallback: it is sent (`send`), a person sees it ' +
      'first (`review`), or it ends (`fail`).',
    'templates[].variables': 'The variables of the template.',
    'templates[].variables[].name': 'The variable.',
    'templates[].variables[].description': 'What stands there.',
    'templates[].variables[].max_length': 'Characters that its value has at most.',
    'templates[].variables[].required': 'Whether it must have a value.',
    'templates[].variables[].copy_of':
      'The dotted path of the fact that is copied; null where the model writes the value.',
    'templates[].variables[].format':
      "How the copied fact is written in the template's language: send a `date` or an instant, a `time`, an " +
      '`amount` beside ' +
      'its `currency`, a `phone` number in E.164 form, or a `list`. Null where it is written as it was sent.',
    'templates[].variables[].facts':
      'Dotted paths: the model writes the value from these facts alone; null where it may use all of the request.',
    'templates[].variables[].has_fallback': 'Whether the template has words for a value that cannot be proved.',
    'templates[].answers': 'What the message asks of its recipient; empty where it expects no answer.',
    'templates[].answers[].name': 'The name under which the answer comes back.',
    'templates[].answers[].question': 'What is asked.',
    'templates[].answers[].type':
      'The form of the value: `text`, `date`, `number`, `amount` with its currency, `choice` or `yes_no`.',
    'templates[].answers[].choices': 'Of a `choice`: the words to choose from. Null for the other types.',
    'templates[].answers[].required': 'Whether the conversation is complete only with it.',
  },
  ...EVENT_FIELD_DESCRIPTIONS,
  Refusal: {
    '': 'Why a request was not accepted.',
    'status': '`error`.',
    'error_code': 'For programs. New ones may be added; treat one that you do not know by its HTTP status.',
    'message': 'For people: names the field and what is wrong with it.',
    'request_id': 'As it was sent; `unknown` where none could be read.',
    'details': "Every fault of the request's shape.",
    'details[].path': 'The field in dotted notation.',
    'details[].message': 'What is wrong with it.',
  },
};

/** What a list says of each message, in the words of the message by itself. */
const LISTED = Object.fromEntries(
  Object.entries(FIELDS.Conversation).map(([path, description]) => [`messages[].${path}`, description]),
);

/** By schema and dotted path: what a field is for. A field without one fails the document. */
export const FIELD_DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...FIELDS,
  Messages: {
    ...LISTED,
    '': "A page of the messages of the key's projects.",
    'status': '`success`.',
    'company_id': 'The company of the key.',
    'messages': 'The newest first, at most 50.',
    'messages[].conversation_id': 'Asks for the message by itself.',
    'next_cursor': 'Asks for the next page as `cursor`; null where this is the last.',
  },
};
