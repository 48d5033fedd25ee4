import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { timestamp } from '../../../src/core/ports/clock';
import { resourceNames } from '../../../src/core/names';
import { sha256 } from '../../../src/core/sha256';
import { grantItemKey } from '../../../src/records/item-keys';
import { twilioInboundUrl } from '../../../src/providers/twilio-inbound-webhook';
import { postRequest } from '../api-client';
import { awaitOutcome } from '../await-status';
import type { LocalStage } from '../local-stage';
import { LOCAL_STAGE } from '../local-stage';
import { addProject } from './add-project';
import { SAMPLE } from './company';
import type { SampleChannel } from './requests';
import { sampleRequest } from './requests';

/** A second project of the sample company, each of whose messages waits for a reviewer. */
export const REVIEWED_PROJECT = 'reviewed-nurses';

export interface SampleMessage {
  readonly channel: SampleChannel;
  /** The same as elsewhere unless it forces an outcome. */
  readonly telephone?: string;
  readonly first?: string;
  readonly reviewed?: true;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** What the recipient writes once it has arrived. */
  readonly reply?: string;
}

const FACTS = {
  dates: 'Your CV gives two end dates for your time at Northfield Care Home, June 2023 and August 2023.',
  gap: 'Your CV shows no work between March and September 2022.',
  licence:
    'Your registration PIN 18F0432E was due for renewal on 31 October 2026, and your CV does not say whether it was.',
  salary: 'Your CV asks for £41,500 a year, and the post is advertised at £38,250.',
  hours: 'You offer 24 hours a week, and the ward asks for at least 30 hours from 1 February 2027.',
} as const;

/** One message a row: every state that a screen shows. */
const MESSAGES: readonly SampleMessage[] = [
  { channel: 'whatsapp', facts: { unclear_point: FACTS.dates }, reviewed: true },
  { channel: 'sms', first: 'Jonas', facts: { unclear_point: FACTS.gap }, reviewed: true },
  { channel: 'email', first: 'Priya', facts: { unclear_point: FACTS.licence }, reviewed: true },
  {
    channel: 'whatsapp',
    first: 'Tomasz',
    telephone: '+447700900213',
    facts: { unclear_point: FACTS.salary },
    reviewed: true,
  },
  { channel: 'email', first: 'Noor', facts: { unclear_point: FACTS.hours }, reviewed: true },
  {
    channel: 'whatsapp',
    first: 'Elif',
    telephone: '+447700900214',
    facts: { unclear_point: 'simulate:invents-amount' },
    reviewed: true,
  },
  {
    channel: 'sms',
    first: 'Malik',
    telephone: '+447700900215',
    facts: { unclear_point: 'simulate:invents-date' },
    reviewed: true,
  },
  // The request lacks the title of the job.
  {
    channel: 'whatsapp',
    first: 'Ines',
    telephone: '+447700900216',
    facts: { job_title: undefined, unclear_point: FACTS.gap },
  },
  {
    channel: 'whatsapp',
    telephone: '+447700900217',
    reply: 'It was June 2023. I was paid until August because of holidays.',
  },
  { channel: 'sms', telephone: '+447700900218', reply: 'Can I talk to somebody about this please?' },
  { channel: 'sms', telephone: '+447700900219', reply: 'STOP' },
  { channel: 'email' },
  { channel: 'whatsapp', telephone: '+447700900220' },
  // The simulated carriers refuse, lose or do not deliver these.
  { channel: 'sms', telephone: '+447700900901' },
  { channel: 'whatsapp', telephone: '+447700900950' },
  { channel: 'sms', telephone: '+447700900935' },
  { channel: 'sms', telephone: '+447700900911' },
];

/** Fills a local stage with conversations in every state, so that no screen of the console is empty. */
export async function fillSample(stage: LocalStage): Promise<void> {
  await addProject(stage, {
    project_id: REVIEWED_PROJECT, project_name: 'Nurses for Westbrook', auto_queue_initial_message: true,
  });
  await openKeyFor(stage, [SAMPLE.projectId, REVIEWED_PROJECT]);
  await Promise.all(MESSAGES.map(async (message) => sendSample(stage, message)));
  // Once opted out: the next request to the same number is suppressed.
  await sendSample(stage, { channel: 'sms', telephone: '+447700900219' });
}

/** The sample's key may use both projects from now on. */
export async function openKeyFor({ tables, apiKey }: LocalStage, projectIds: readonly string[]): Promise<void> {
  await tables.send(
    new PutCommand({
      TableName: resourceNames(LOCAL_STAGE).companyTable,
      Item: {
        ...grantItemKey(sha256(apiKey)),
        owner_company_id: SAMPLE.companyId,
        project_ids: projectIds,
        created_at: timestamp(Date.now()),
      },
    }),
  );
}

/** Posts one request and, where it has a reply, has its recipient write it; answers the conversation's identifier. */
export async function sendSample(stage: LocalStage, message: SampleMessage): Promise<string> {
  const { channel, telephone, first, reviewed, facts, reply } = message;
  const requestId = randomUUID();
  const request = sampleRequest(channel, requestId, timestamp(Date.now()));
  const { recipient_data: recipient, company_data: company, project_data: data } = request;
  const answer = await postRequest(stage.url, stage.apiKey, {
    ...request,
    company_data: { ...company, ...(reviewed && { project_id: REVIEWED_PROJECT }) },
    recipient_data: {
      ...recipient,
      ...(first !== undefined && {
        recipient_first_name: first,
        recipient_email: `${first.toLowerCase()}@example.com`,
      }),
      ...(telephone !== undefined && { recipient_tel: telephone }),
    },
    project_data: { ...data, ...facts },
  });
  const id = String(answer.body.conversation_id);
  // The others come to their states by themselves.
  if (answer.status !== 200 || reply === undefined || telephone === undefined || channel === 'email') return id;
  await awaitOutcome(stage, requestId);
  await writeBack(stage, channel, telephone, reply);
  return id;
}

async function writeBack(
  { vendors, url }: LocalStage,
  channel: 'sms' | 'whatsapp',
  telephone: string,
  body: string,
): Promise<void> {
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  const number = channel === 'whatsapp' ? SAMPLE.whatsappNumber : SAMPLE.smsNumber;
  await vendors.twilio.receiveInbound({
    from: prefix + telephone,
    to: prefix + number,
    body,
    url: twilioInboundUrl(url, { ...SAMPLE, channel }),
  });
}
