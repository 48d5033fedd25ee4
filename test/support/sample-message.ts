import type { Channel } from '../../src/core/channel';
import { timestamp } from '../../src/core/ports/clock';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { formatConversationId, senderIdentity } from '../../src/core/lifecycle/conversation-id';
import { dueShard } from '../../src/core/lifecycle/work-due-index';
import type { IdempotencyRecord } from '../../src/core/ports/directory';
import { TIMES } from '../../src/core/lifecycle/limits';

export const SAMPLE_MODEL_SECRET = 'sample/model';
export const SAMPLE_CREDENTIALS_SECRET = 'sample/credentials';

/** What the sample template leaves to a model; the other variable is copied. */
export const SAMPLE_VALUES = { question: 'which of your projects used a message queue?' };

const SENDERS: Readonly<Record<Channel, string>> = {
  whatsapp: '+447700900001',
  sms: '+447700900002',
  email: 'talent@example.com',
};

const variables = {
  first_name: {
    description: "The candidate's first name.",
    max_length: 40,
    required: true,
    copy_of: 'recipient_data.recipient_first_name',
  },
  question: { description: 'What the candidate should clarify.', max_length: 120, required: true },
};
const template = { name: 'cv_question', version: 3, language: 'en-GB', variables };
const wording = 'Hello {{first_name}}, {{question}}';

/** A complete company record of a recruitment firm, as an operator's tool writes it. */
export function sampleCompany(changes: Readonly<Record<string, unknown>> = {}) {
  const model = {
    api_key_reference: SAMPLE_MODEL_SECRET,
    model: 'gpt-6-luna',
    instructions: 'Ask politely and briefly.',
  };
  return {
    company_id: 'brightpath',
    project_id: 'cv-review',
    company_name: 'Brightpath Recruitment',
    project_name: 'CV review',
    project_status: 'active',
    allowed_channels: ['whatsapp', 'sms', 'email'],
    ai_config: { openai_config: { whatsapp: model, sms: model, email: model } },
    channel_config: {
      whatsapp: {
        company_whatsapp_number: SENDERS.whatsapp,
        whatsapp_credentials_id: SAMPLE_CREDENTIALS_SECRET,
        template: {
          ...template,
          variables: { 1: variables.first_name, 2: variables.question },
          body: 'Hello {{1}}, {{2}}',
          content_sid: 'HX00000000000000000000000000000001',
        },
      },
      sms: {
        company_sms_number: SENDERS.sms,
        sms_credentials_id: SAMPLE_CREDENTIALS_SECRET,
        template: { ...template, body: wording },
      },
      email: {
        company_email: SENDERS.email,
        email_credentials_id: SAMPLE_CREDENTIALS_SECRET,
        template: { ...template, subject: 'Your CV', text: wording },
      },
    },
    ...changes,
  };
}

/** The sample company with these changes of every channel's template. */
export function sampleCompanyWithTemplate(changes: Readonly<Record<string, unknown>>) {
  const company = sampleCompany();
  const { whatsapp, sms, email } = company.channel_config;
  const changed = <Part extends { readonly template: object }>(part: Part) => ({
    ...part,
    template: { ...part.template, ...changes },
  });
  return { ...company, channel_config: { whatsapp: changed(whatsapp), sms: changed(sms), email: changed(email) } };
}

/** A conversation as the router leaves it. */
export function sampleConversation(made: {
  readonly now: number;
  readonly channel?: Channel;
  readonly requestId?: string;
  readonly changes?: Partial<Conversation>;
}): Conversation {
  const { now, channel = 'sms', requestId = '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' } = made;
  const at = timestamp(now);
  const telephone = '+447700900123';
  const email = 'ada.example@example.com';
  const identity = {
    companyId: 'brightpath',
    projectId: 'cv-review',
    requestId,
    sender: senderIdentity(SENDERS[channel]),
  };
  return {
    primary_channel: channel === 'email' ? email : telephone,
    conversation_id: formatConversationId(identity),
    company_id: 'brightpath',
    project_id: 'cv-review',
    company_name: 'Brightpath Recruitment',
    project_name: 'CV review',
    company_project: 'brightpath#cv-review',
    channel_method: channel,
    request_id: requestId,
    initial_request_timestamp: at,
    recipient_first_name: 'Ada',
    recipient_last_name: 'Sample',
    recipient_tel: telephone,
    recipient_email: email,
    comms_consent: true,
    project_data: { position: 'Backend engineer', open_point: 'projects with a message queue' },
    conversation_status: 'initiated',
    messages: [],
    history: [{ at, status: 'initiated' }],
    task_complete: 0,
    hand_off_to_human: false,
    router_version: '1.0.0',
    created_at: at,
    updated_at: at,
    send_before: timestamp(now + TIMES.validFor),
    time_to_live: Math.floor(now / 1000) + 400 * 24 * 60 * 60,
    last_change: 'change-0',
    attention: dueShard(requestId),
    due_at: timestamp(now + TIMES.reconcileAfter),
    attempt_count: 0,
    ...made.changes,
  };
}

/** The idempotency record that leads from a conversation's identifier to its record. */
export function sampleIdempotencyRecord(conversation: Conversation): IdempotencyRecord {
  const { company_id, project_id, request_id, primary_channel, conversation_id, created_at, time_to_live } =
    conversation;
  return {
    company_id,
    project_id,
    request_id,
    body_hash: 'a'.repeat(64),
    conversation: { primary_channel, conversation_id },
    accepted_at: created_at,
    time_to_live,
  };
}
