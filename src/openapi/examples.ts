import { formatConversationId, senderIdentity } from '../core/lifecycle/conversation-id';
import type { RefusalCode } from '../core/contract/refusal';
import type { DryRunAnswer } from '../dry-run/dry-run-answer';
import type { ConversationAnswer } from '../reader/conversation-answer';
import type { MessagesAnswer } from '../reader/messages-answer';
import type { TemplatesAnswer } from '../reader/template-answer';
import type { AcceptedBody, RefusedBody } from '../router/answer-schema';
import type { Json } from './json';

const REQUEST_ID = '5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01';
export const COMPANY = { company_id: 'harbour-and-pine', project_id: 'nurse-recruitment' };
const AMARA = { recipient_first_name: 'Amara', recipient_last_name: 'Okafor', comms_consent: true };
const SENDER = '+447700900100';

export const CONVERSATION_ID = formatConversationId({
  companyId: COMPANY.company_id, projectId: COMPANY.project_id, requestId: REQUEST_ID, sender: senderIdentity(SENDER),
});

/** Requests as a recruitment firm's backend sends them. */
export const REQUEST_EXAMPLES: Readonly<Record<string, { readonly summary: string; readonly value: Json }>> = {
  whatsapp: {
    summary: 'A question about a CV, on WhatsApp',
    value: {
      company_data: COMPANY,
      recipient_data: { ...AMARA, recipient_tel: '+447700900210' },
      project_data: {
        job_title: 'Staff Nurse, Intensive Care',
        unclear_point: 'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
      },
      request_data: {
        request_id: REQUEST_ID,
        channel_method: 'whatsapp',
        initial_request_timestamp: '2026-11-22T10:00:00Z',
      },
    },
  },
  email: {
    summary: 'The same by e-mail',
    value: {
      company_data: COMPANY,
      recipient_data: { ...AMARA, recipient_email: 'amara.okafor@example.com' },
      project_data: {
        job_title: 'Staff Nurse, Intensive Care',
        unclear_point: 'Your CV lists a Diploma in Critical Care, but neither the school nor the year.',
        next_step: 'Please reply to this e-mail and attach a copy of the certificate.',
      },
      request_data: {
        request_id: '0d4c9a1e-3f52-4c0b-8a77-5b1d2e6f7a02',
        channel_method: 'email',
        initial_request_timestamp: '2026-11-22T10:05:00+01:00',
      },
    },
  },
};

export const ACCEPTED_EXAMPLE: AcceptedBody = {
  status: 'success',
  request_id: REQUEST_ID,
  message: 'The request was accepted and its message is queued.',
  queue_timestamp: '2026-11-22T10:00:00.412Z',
  conversation_id: CONVERSATION_ID,
};

export const CONVERSATION_EXAMPLE: ConversationAnswer = {
  status: 'success',
  conversation_id: CONVERSATION_ID,
  ...COMPANY,
  request_id: REQUEST_ID,
  channel_method: 'whatsapp',
  is_test: false,
  conversation_status: 'initial_message_sent',
  is_final: true,
  reason: null,
  next_action: 'None.',
  delivery_status: 'delivered',
  attempts: 1,
  accepted_at: '2026-11-22T10:00:00.412Z',
  updated_at: '2026-11-22T11:42:09.800Z',
  sent_at: '2026-11-22T10:00:02.310Z',
  send_at: null,
  send_before: '2026-11-23T10:00:00.412Z',
  composition: {
    template_name: 'cv_clarification',
    template_version: 3,
    variables: [
      { name: '1', source: 'copied' },
      { name: '5', source: 'written' },
    ],
  },
  task_complete: true,
  replies: 1,
  answers: [
    { name: 'left_northfield', type: 'date', required: true, answered_at: '2026-11-22T11:42:09.800Z', version: 1 },
  ],
  reminder_of: null,
  history: [
    { at: '2026-11-22T10:00:00.412Z', status: 'initiated' },
    { at: '2026-11-22T10:00:00.640Z', status: 'processing' },
    { at: '2026-11-22T10:00:01.930Z', status: 'sending' },
    { at: '2026-11-22T10:00:02.310Z', status: 'initial_message_sent' },
    { at: '2026-11-22T11:42:09.800Z', status: 'initial_message_sent', event: 'answered' },
  ],
};

export const MESSAGES_EXAMPLE: MessagesAnswer = {
  status: 'success',
  company_id: COMPANY.company_id,
  messages: [
    {
      conversation_id: CONVERSATION_ID,
      project_id: COMPANY.project_id,
      request_id: REQUEST_ID,
      channel_method: 'whatsapp',
      is_test: false,
      conversation_status: 'initial_message_sent',
      is_final: true,
      reason: null,
      next_action: 'None.',
      delivery_status: 'delivered',
      attempts: 1,
      accepted_at: '2026-11-22T10:00:00.412Z',
      updated_at: '2026-11-22T11:42:09.800Z',
      sent_at: '2026-11-22T10:00:02.310Z',
      send_at: null,
      send_before: '2026-11-23T10:00:00.412Z',
      task_complete: true,
      replies: 1,
      reminder_of: null,
    },
  ],
  next_cursor: null,
};

export const CANCELLED_EXAMPLE: ConversationAnswer = {
  ...CONVERSATION_EXAMPLE,
  conversation_status: 'cancelled',
  reason: { code: 'cancelled', message: 'The message was cancelled before it was sent.' },
  next_action: 'None: it does not go.',
  delivery_status: null,
  attempts: 0,
  updated_at: '2026-11-22T10:00:05.020Z',
  sent_at: null,
  send_at: '2026-11-23T09:00:00.000Z',
  send_before: '2026-11-24T09:00:00.000Z',
  composition: null,
  history: [
    { at: '2026-11-22T10:00:00.412Z', status: 'initiated' },
    { at: '2026-11-22T10:00:05.020Z', status: 'cancelled', reason: 'cancelled' },
  ],
};

export const DRY_RUN_EXAMPLE: DryRunAnswer = {
  status: 'success',
  request_id: REQUEST_ID,
  outcome: 'would_send',
  reason: null,
  proof: [{ path: '5', message: 'The value holds a date, month or weekday that the facts do not hold: leave it out.' }],
  template_name: 'cv_clarification',
  template_version: 3,
  variables: [
    { name: '1', source: 'copied' },
    { name: '5', source: 'fallback' },
  ],
  message: { text: 'Hello Amara, one point in your CV is not clear to us yet: some dates do not match.' },
  usage: { prompt_tokens: 812, completion_tokens: 64, total_tokens: 876 },
};

export const TEMPLATES_EXAMPLE: TemplatesAnswer = {
  status: 'success',
  company_id: COMPANY.company_id,
  templates: [
    {
      project_id: COMPANY.project_id,
      channel_method: 'whatsapp',
      name: 'cv_clarification',
      version: 3,
      language: 'en-GB',
      needs: ['recipient_data.recipient_first_name', 'project_data.unclear_point'],
      on_fallback: 'review',
      variables: [
        {
          name: '1',
          description: 'First name of the candidate',
          max_length: 60,
          required: true,
          copy_of: 'recipient_data.recipient_first_name',
          format: null,
          facts: null,
          has_fallback: false,
        },
      ],
      answers: [
        {
          name: 'left_northfield',
          question: 'When did you leave Northfield Care Home?',
          type: 'date',
          choices: null,
          required: true,
        },
      ],
    },
  ],
};

const refused = (code: RefusalCode, message: string, details?: RefusedBody['details']): RefusedBody =>
  ({ status: 'error', error_code: code, message, request_id: REQUEST_ID, ...(details && { details }) });

/** One answer a status, as it is read most often. */
export const REFUSAL_EXAMPLES: readonly RefusedBody[] = [
  refused(
    'INVALID_RECIPIENT_TEL',
    'recipient_data.recipient_tel must be a phone number in E.164 form, such as +447700900123.',
    [{ path: 'recipient_data.recipient_tel', message: 'must be a phone number in E.164 form, such as +447700900123' }],
  ),
  refused('CONSENT_REQUIRED', 'recipient_data.comms_consent is false: the recipient has not agreed to be written to.'),
  refused('COMPANY_NOT_FOUND', 'There is no such company and project.'),
  { ...refused('CONVERSATION_NOT_FOUND', 'There is no such conversation.'), request_id: 'unknown' },
  refused(
    'IDEMPOTENCY_CONFLICT',
    'request_data.request_id was used before with another body: send the same body, or use a new request_id.',
  ),
  {
    ...refused('NOT_CANCELLABLE', 'It was sent, and cannot be taken back.', [
      { path: 'conversation_status', message: 'initial_message_sent' },
    ]),
    request_id: 'unknown',
  },
  refused(
    'RATE_LIMIT_EXCEEDED',
    "The project's requests of this minute are used up: send the request again after 17 seconds.",
  ),
  refused('DATABASE_ERROR', 'The records could not be reached: send the same request again.'),
];
