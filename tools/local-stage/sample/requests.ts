import { SAMPLE } from './company';

const PEOPLE = {
  whatsapp: { first: 'Amara', last: 'Okafor', telephone: '+447700900210', email: 'amara.okafor@example.com' },
  sms: { first: 'Jonas', last: 'Lindqvist', telephone: '+447700900211', email: 'jonas.lindqvist@example.com' },
  email: { first: 'Priya', last: 'Raman', telephone: '+447700900212', email: 'priya.raman@example.com' },
};

/** The channels that the sample company sends on. */
export type SampleChannel = keyof typeof PEOPLE;

export const SAMPLE_CHANNELS: readonly SampleChannel[] = Object.keys(PEOPLE).filter(isSampled);

const UNCLEAR_POINTS: Readonly<Record<SampleChannel, string>> = {
  whatsapp: 'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
  sms: 'your CV shows no work between March and September 2022.',
  email:
    'Your CV lists a Diploma in Critical Care, but it names neither the school that awarded it nor the year in '
      + 'which you completed it.',
};

export function isSampled(channel: string): channel is SampleChannel {
  return Object.hasOwn(PEOPLE, channel);
}

/** The body of one realistic request on a channel, as a backend team would post it. */
export function sampleRequest(channel: SampleChannel, requestId: string, now: string) {
  const person = PEOPLE[channel];
  return {
    company_data: { company_id: SAMPLE.companyId, project_id: SAMPLE.projectId },
    recipient_data: {
      recipient_first_name: person.first,
      recipient_last_name: person.last,
      recipient_tel: person.telephone,
      recipient_email: person.email,
      comms_consent: true,
    },
    project_data: {
      job_title: 'Staff Nurse, Intensive Care',
      unclear_point: UNCLEAR_POINTS[channel],
      cv: 'Staff nurse at Northfield Care Home. Diploma in Critical Care.',
      reply_by: '2027-01-15',
      next_step: 'Please reply to this e-mail and, if you have it at hand, attach a copy of the certificate.',
    },
    request_data: { request_id: requestId, channel_method: channel, initial_request_timestamp: now },
  };
}
