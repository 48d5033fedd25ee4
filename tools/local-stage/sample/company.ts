import type { ResourceNames } from '../../../src/core/names';
import { SAMPLE_ASSISTANT, SAMPLE_CARDS, SAMPLE_KNOWLEDGE } from './answers';

/** The sample tenant: a recruitment firm that asks candidates to clarify points of their CVs. */
export const SAMPLE = {
  companyId: 'harbour-and-pine',
  projectId: 'nurse-recruitment',
  /** Numbers from Ofcom's range for fiction, addresses from the domains reserved for examples. */
  whatsappNumber: '+447700900100',
  smsNumber: '+447700900101',
  emailAddress: 'careers@example.com',
  inboundDomain: 'reply.example.com',
  contentSid: 'HX00000000000000000000000000000001',
  accountSid: 'AC00000000000000000000000000000001',
} as const;

const WHATSAPP_BODY =
  'Hello {{1}}, this is {{2}} from {{3}}. Thank you for applying for {{4}}. One point in your CV is not clear to us '
  + 'yet: {{5}} ' +
  'Could you please reply here with a short explanation, and with the day from which you could start?';

const SMS_BODY =
  'Hello {{first_name}}, {{company_name}} here about your application for {{job_title}}. Please clarify: '
    + '{{unclear_point}} And when could you start? STOP to opt out.';

const EMAIL_TEXT = `Dear {{first_name}},

thank you for applying for {{job_title}}. We read your CV with interest. Before we present it to the hiring manager, one point needs a word from you:

{{unclear_point}}

{{next_step}} And from which day could you start?

We would like to hear from you by {{reply_by}}.

Kind regards,
{{representative}}
{{company_name}}`;

const UNCLEAR_POINT = {
  description: 'The unclear point of the CV, in one or two plain sentences addressed to the candidate',
  required: true,
  fallback: 'some dates in your work history do not match.',
} as const;

const copied = (path: string, description: string, maximum: number) =>
  ({ description, max_length: maximum, required: true, copy_of: path }) as const;

/** What each question asks for; replies are read for it. */
const ANSWERS = [
  { name: 'explanation', question: 'What explains the unclear point of the CV?', type: 'text', required: true },
  { name: 'start_date', question: 'From which day could you start?', type: 'date', required: true },
] as const;

export const WHATSAPP_TEMPLATE = {
  name: 'cv_clarification',
  version: 4,
  language: 'en-GB',
  answers: ANSWERS,
  second_reader: 'doubtful',
  body: WHATSAPP_BODY,
  content_sid: SAMPLE.contentSid,
  whatsapp_ttl_minutes: 1_440,
  variables: {
    1: copied('recipient_data.recipient_first_name', 'First name of the candidate', 60),
    2: copied('company_rep.company_rep_1', 'Name of the recruiter', 60),
    3: copied('company_data.company_name', 'Name of the firm', 60),
    4: copied('project_data.job_title', 'Title of the job', 80),
    5: { ...UNCLEAR_POINT, max_length: 300 },
  },
} as const;

const SMS_TEMPLATE = {
  name: 'cv_clarification_sms',
  version: 2,
  language: 'en-GB',
  answers: ANSWERS,
  body: SMS_BODY,
  max_segments: 3,
  variables: {
    first_name: copied('recipient_data.recipient_first_name', 'First name of the candidate', 40),
    company_name: copied('company_data.company_name', 'Name of the firm', 40),
    job_title: copied('project_data.job_title', 'Title of the job', 60),
    unclear_point: { ...UNCLEAR_POINT, max_length: 200 },
  },
} as const;

const EMAIL_TEMPLATE = {
  name: 'cv_clarification_email',
  version: 4,
  language: 'en-GB',
  answers: ANSWERS,
  second_reader: 'doubtful',
  subject: 'Your application for {{job_title}}: one question',
  text: EMAIL_TEXT,
  variables: {
    first_name: copied('recipient_data.recipient_first_name', 'First name of the candidate', 60),
    job_title: copied('project_data.job_title', 'Title of the job', 80),
    unclear_point: { ...UNCLEAR_POINT, max_length: 600 },
    next_step: {
      description: 'What the candidate should do next',
      max_length: 300,
      required: true,
      fallback: 'Please reply to this e-mail with a short explanation.',
      facts: ['project_data.next_step', 'project_data.unclear_point'],
    },
    reply_by: {
      ...copied('project_data.reply_by', 'Day by which the answer is wanted', 60),
      format: 'date',
      fallback: 'the end of next week',
    },
    representative: copied('company_rep.company_rep_1', 'Name of the recruiter', 60),
    company_name: copied('company_data.company_name', 'Name of the firm', 60),
  },
} as const;

const INSTRUCTIONS =
  'You help recruiters to ask candidates about unclear points of their CVs. Be friendly, short and concrete. Never '
    + 'judge the candidate.';

const BUDGET = {
  currency: 'GBP',
  monthly_limit: 25_000,
  prices: {
    tokens_in_per_1000: 0.0002,
    tokens_out_per_1000: 0.0008,
    messages: { whatsapp: 0.035, sms: 0.042, email: 0.0008 },
  },
};

/** The sample company's record as `company-data` holds it. */
export function sampleCompany(names: ResourceNames, now: string) {
  const model = (channel: 'whatsapp' | 'sms' | 'email') => ({
    api_key_reference: names.modelSecret(channel),
    instructions: INSTRUCTIONS,
  });
  const credentials = (channel: 'whatsapp' | 'sms' | 'email') =>
    names.credentialSecret(channel, SAMPLE.companyId, SAMPLE.projectId);
  return {
    company_id: SAMPLE.companyId,
    project_id: SAMPLE.projectId,
    company_name: 'Harbour & Pine Recruitment',
    project_name: 'Nurses for Northfield',
    project_status: 'active',
    allowed_channels: ['whatsapp', 'sms', 'email'],
    company_rep: {
      company_rep_1: 'Morgan Blake',
      company_rep_2: null,
      company_rep_3: null,
      company_rep_4: null,
      company_rep_5: null,
    },
    rate_limits: {
      requests_per_minute: 600,
      requests_per_day: 100_000,
      concurrent_conversations: 10_000,
      max_message_length: 4_096,
    },
    budget: BUDGET,
    // What candidates wrote themselves: reported as theirs, and no ground for an amount or a demand.
    untrusted: ['project_data.cv'],
    retention_days: 180,
    auto_queue_initial_message: false,
    auto_queue_initial_message_from_number: [],
    auto_queue_initial_message_from_email: [],
    auto_queue_reply_message: true,
    auto_queue_reply_message_from_number: [],
    auto_queue_reply_message_from_email: [],
    // Answers are read from replies; a person sees those that ask for one, and those that cannot be read.
    replies: 'keep',
    // Nobody who watches a sample wants to wait as long as people take to write on.
    reply_burst: { quiet_seconds: 1, longest_seconds: 5 },
    // Said where `replies` is `answer`.
    answer_cards: SAMPLE_CARDS,
    knowledge: SAMPLE_KNOWLEDGE,
    assistant: SAMPLE_ASSISTANT,
    ai_config: { openai_config: { whatsapp: model('whatsapp'), sms: model('sms'), email: model('email') } },
    channel_config: {
      whatsapp: {
        company_whatsapp_number: SAMPLE.whatsappNumber,
        whatsapp_credentials_id: credentials('whatsapp'),
        template: WHATSAPP_TEMPLATE,
      },
      sms: { company_sms_number: SAMPLE.smsNumber, sms_credentials_id: credentials('sms'), template: SMS_TEMPLATE },
      email: {
        company_email: SAMPLE.emailAddress,
        email_credentials_id: credentials('email'),
        inbound_domain: SAMPLE.inboundDomain,
        template: EMAIL_TEMPLATE,
      },
    },
    created_at: now,
    updated_at: now,
  };
}
