import { MOST_ENDPOINTS, ROTATION_DAYS } from '../core/events/endpoint';

/** What every event has. */
function event(about: string, data: Readonly<Record<string, string>>) {
  return {
    '': about,
    'id': 'Identifies the event, as the header `webhook-id`. The same change always has the same one: it may come twice.',
    'type': 'What happened. New types may be added: take those that you do not know with 2xx.',
    'version': 'Raised where the meaning of a field changes; additions leave it as it is.',
    'timestamp': 'When the change happened.',
    'company_id': 'The company.',
    'project_id': 'The project; null where the event concerns the company as a whole.',
    'sequence': 'Grows with each change of the message, reply or thread: what has a lower one is older news.',
    'data': 'What it is about. No address and no name: `request_id` tells whom it concerns.',
    ...Object.fromEntries(Object.entries(data).map(([field, text]) => [`data.${field}`, text])),
  };
}

const ABOUT = {
  conversation_id: 'The conversation, as it was answered to the request.',
  request_id: 'The request that began it.',
};
const CHANNEL = { channel_method: 'The channel.' };
const THREAD = { thread_id: 'All that is written between one sender and one recipient is one thread.' };

const ENDPOINT = {
  'endpoint_id': 'Names the endpoint from now on.',
  'url': 'Where events go.',
  'project_ids': 'The projects whose events it gets; `*` for all of the company.',
  'include': '`text` if it gets what recipients write, too.',
  'created_at': 'When it was added.',
  'condition': '`working`, `paused` until `next_attempt_at`, or `disabled` until a test is taken.',
  'failures': 'Failures since the last success.',
  'failing_since': 'The first of them.',
  'next_attempt_at': 'When the next delivery is tried.',
  'last_success_at': 'When it last took an event.',
  'disabled_at': 'When it was disabled.',
  'disabled_reason': '`gone`: it answered 410. `failed_for_days`: it failed for three days.',
  'held_events': 'Events that were tried, or reached behind one of the same conversation, and not taken; they wait in their order. Behind an endpoint that waits as a whole there may be more.',
  'held_next_attempt_at': 'When the first of them is tried again; null where none is held, or where the endpoint waits as a whole.',
  'secrets': 'The signing secrets that are valid, newest first. What they are is never shown again.',
  'secrets[].created_at': 'When it was made.',
  'secrets[].expires_at': 'From here on it signs no more; null for the newest.',
  'recent_deliveries': 'The latest failures, tests and replays, newest first; empty where a new endpoint is answered.',
  'recent_deliveries[].at': 'When.',
  'recent_deliveries[].event_id': 'The event.',
  'recent_deliveries[].type': 'Its type.',
  'recent_deliveries[].outcome': '`taken` or `failed`.',
  'recent_deliveries[].answer': 'The HTTP status, or a word that says why there was none.',
  'recent_deliveries[].cause': 'Why it was delivered: an `event` in its order, a `test` or a `replay`.',
};

const under = (path: string) => Object.fromEntries(
  Object.entries(ENDPOINT).map(([field, text]) => [`${path}.${field}`, text]),
);

/** The descriptions of endpoints and events, as FIELD_DESCRIPTIONS. */
export const EVENT_FIELD_DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NewEndpoint: {
    '': `An endpoint to add. A company has at most ${MOST_ENDPOINTS}. Fields that are not named here are refused.`,
    'url': 'https, on the public internet, without user name, password and fragment.',
    'project_ids': 'The projects whose events it gets, all of them the key\'s; left out, the same as the key\'s.',
    'include': '`["text"]` has the engine deliver what recipients write, too: it is personal data.',
  },
  EndpointAdded: {
    '': 'The endpoint was added and gets the events from now on.',
    'status': '`success`.',
    'endpoint': 'The endpoint.',
    ...under('endpoint'),
    'secret': 'Signs its events, as Standard Webhooks says. It is shown only here: store it now.',
  },
  Endpoints: {
    '': 'The endpoints whose every project the key may use.',
    'status': '`success`.',
    'company_id': 'The company of the key.',
    'endpoints': 'Oldest first.',
    ...under('endpoints[]'),
  },
  EndpointRemoved: {
    '': 'The endpoint was removed.',
    'status': '`success`.',
    'endpoint_id': 'The endpoint, which gets nothing any more.',
  },
  SecretRotated: {
    '': 'The endpoint has a new signing secret.',
    'status': '`success`.',
    'endpoint_id': 'The endpoint.',
    'secret': 'The new secret. It is shown only here: store it now.',
    'previous_secret_valid_until': `Until then, ${ROTATION_DAYS} days, both secrets sign: give your receiver both.`,
  },
  EndpointTested: {
    '': 'A test event is on its way.',
    'status': '`success`.',
    'endpoint_id': 'The endpoint.',
    'event_id': 'The test event. What the endpoint answered stands in its `recent_deliveries` within seconds.',
  },
  Events: {
    '': 'A page of events, in the order in which they were published.',
    'status': '`success`.',
    'company_id': 'The company of the key.',
    'events': 'Of the key\'s projects, as they are delivered. May be empty although there are more.',
    'next': 'The `after` of the next page. Keep it: what happens later follows it.',
    'has_more': 'Whether the next page is there already. If not, ask again later.',
  },
  ReplayOrder: {
    '': 'Where to. Fields that are not named here are refused.',
    'endpoint_id': 'One endpoint of the key; left out, each of the key that takes the event.',
  },
  EventReplayed: {
    '': 'The event is delivered once more.',
    'status': '`success`.',
    'event_id': 'The event.',
    'endpoint_ids': 'The endpoints to which it goes.',
  },
  MessageEvent: event('What became of a message.', {
    ...ABOUT,
    ...CHANNEL,
    ...THREAD,
    'state': 'The state that the message came into.',
    'delivery_status': 'What the vendor says; null where it has said nothing.',
    'reason': 'Why, where there was a reason.',
    'reason.code': 'For programs: a word of a closed list.',
    'reason.message': 'For people.',
    'reason.next_action': 'What the client should do now.',
    'reply': 'Of a message that answers its recipient: what it answers, and by what.',
    'reply.in_reply_to': 'The conversation that is answered.',
    'reply.written_by':
      'Who chose the words: the `engine`, which says approved cards alone, a `person` of the company, or the `client` by '
      + '`POST /conversations/{conversation_id}/replies`.',
    'reply.card_id': 'The answer card; null for a person\'s words and for the sentence of a hand-off.',
    'reply.card_version': 'The version of the card.',
    'reply.facts_hash': 'SHA-256 of the facts that prove the words; null before they are composed.',
    'reply.model': 'The model that chose the card; null where none was asked.',
  }),
  ReplyEvent: event('The recipient wrote.', {
    ...ABOUT,
    ...THREAD,
    message_id: 'Identifies what the recipient wrote.',
    text: 'What the recipient wrote, where it is asked for; null once the person was erased.',
  }),
  AnswerEvent: event('Every required answer is there, or none came in time.', {
    ...ABOUT,
    ...CHANNEL,
    ...THREAD,
    'answers': 'By name; null once the person was erased.',
    'answers.*.value': 'The answer, as `GET /conversations/{conversation_id}` has it.',
    'answers.*.quote': "The recipient's own words that prove it.",
    'answers.*.at': 'When it was given.',
  }),
  ThreadEvent: event('A person is to answer, answers, or is done; or the conversation is over.', {
    ...CHANNEL,
    ...THREAD,
    conversation_id: 'The conversation that it is about; null where there is none.',
    request_id: 'Its request.',
    reason: 'Why, where there was a reason.',
  }),
  OptOutEvent: event('The recipient wants no more messages of this sender, or wants them again.', {
    ...ABOUT,
    sender: 'The sender: a number without its plus sign, or an e-mail address.',
    source: 'Where it was said.',
  }),
  EndpointEvent: event('An endpoint of the company was disabled, or is tested.', {
    endpoint_id: 'The endpoint.',
    reason: 'Why it was disabled.',
    taken_until: 'How far it took events: as `after` of `GET /events`, the first page that it lacks.',
  }),
};
