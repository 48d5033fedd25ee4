import { parseChannelSettings, parseProject } from '../../../src/core/company/company';
import type { ChannelSettings, Project } from '../../../src/core/company/company';
import type { Channel } from '../../../src/core/channel';
import type { CompositionSubject } from '../../../src/processor/composition/compose';

/**
 * A recruitment firm that asks a candidate to clarify points of a CV; people and numbers are from the ranges for
 * fiction.
 */
export const SUBJECT: CompositionSubject = {
  recipient_first_name: 'Amara',
  recipient_last_name: 'Okafor',
  recipient_tel: '+447700900210',
  recipient_email: 'amara.okafor@example.com',
  project_data: {
    job_title: 'Staff Nurse, Intensive Care',
    unclear_point: 'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
    upload_link: 'https://example.com/u/8f3k',
    office: { telephone: '+44 7700 900123', email: 'careers@example.com' },
    salary: { minimum: 28_000, maximum: 32_500, currency: 'GBP' },
    interview: '2026-11-30T09:30:00Z',
    registration: 'NMC PIN 18A1234E',
    years_of_experience: 7,
    completed_percent: 80,
    posts: [
      { employer: 'Northfield Care Home', from: '2019-03', to: '2023-06', hours: 37.5 },
      { employer: 'St Brigid Hospital', from: '2015-09-01', to: '2018-12-14' },
    ],
    qualification: 'Diploma in Critical Care (B.Sc.), grade 2:1, awarded 14 July 2018',
  },
};

export const UNCLEAR = {
  description: 'The unclear point of the CV, addressed to the candidate',
  max_length: 300,
  required: true,
};
export const FALLBACK = 'some dates in your work history do not match.';
export const FIRST_NAME = {
  description: 'First name',
  max_length: 60,
  required: true,
  copy_of: 'recipient_data.recipient_first_name',
};

export const WHATSAPP = {
  name: 'cv_clarification',
  version: 3,
  language: 'en-GB',
  body: 'Hello {{1}}, thank you for applying. We have a question about your CV: {{2}} Could you please reply here?',
  content_sid: 'HX00000000000000000000000000000001',
  variables: { 1: FIRST_NAME, 2: { ...UNCLEAR, fallback: FALLBACK } },
};

export const SMS = {
  name: 'cv_clarification_sms',
  version: 1,
  language: 'en-GB',
  body: 'Hello {{first_name}}, a question about your CV: {{point}} Reply to this text. STOP to opt out.',
  variables: { first_name: FIRST_NAME, point: { ...UNCLEAR, fallback: FALLBACK } },
};

export const EMAIL = {
  name: 'cv_clarification_email',
  version: 2,
  language: 'en-GB',
  subject: 'Your application: {{topic}}',
  text: 'Dear {{first_name}},\n\n{{point}}\n\nKind regards',
  variables: {
    first_name: FIRST_NAME,
    topic: { description: 'A few words for the subject', max_length: 60, required: true, fallback: 'a question' },
    point: { ...UNCLEAR, max_length: 600, fallback: FALLBACK },
  },
};

const COMMON = {
  company_id: 'harbour-and-pine',
  project_id: 'nurses',
  company_name: 'Harbour & Pine Recruitment',
  project_name: 'Nurses for Northfield',
  project_status: 'active',
  allowed_channels: ['whatsapp', 'sms', 'email'],
  company_rep: { company_rep_1: 'Morgan Blake', company_rep_2: null },
};

const SENDERS = {
  whatsapp: { company_whatsapp_number: '+447700900100', whatsapp_credentials_id: 'secret' },
  sms: { company_sms_number: '+447700900101', sms_credentials_id: 'secret' },
  email: { company_email: 'careers@example.com', email_credentials_id: 'secret' },
} as const;

/** The project, with limits and other fields if a test needs them. */
export function project(limits: Record<string, unknown> = {}, more: Record<string, unknown> = {}): Project {
  const checked = parseProject({ ...COMMON, rate_limits: limits, ...more });
  if (!checked.valid) throw new Error(JSON.stringify(checked.faults));
  return checked.value;
}

/** Settings of a channel with this template, read as a company record is. */
export function settings(channel: Channel, template: object): ChannelSettings {
  const record = {
    ai_config: {
      openai_config: { [channel]: { api_key_reference: 'secret', instructions: 'Be friendly, short and concrete.' } },
    },
    channel_config: { [channel]: { ...SENDERS[channel], template } },
  };
  const checked = parseChannelSettings(record, channel);
  if (!checked.valid) throw new Error(JSON.stringify(checked.faults));
  return checked.value;
}
