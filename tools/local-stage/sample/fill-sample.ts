import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { timestamp } from '../../../src/core/ports/clock';
import { resourceNames } from '../../../src/core/names';
import { sha256 } from '../../../src/core/sha256';
import { grantItemKey } from '../../../src/records/item-keys';
import type { LocalStage } from '../local-stage';
import { LOCAL_STAGE } from '../local-stage';
import { addAnsweredChats } from './answered-chats';
import { addProject, ANSWERED_PROJECT } from './add-project';
import { SAMPLE } from './company';
import type { SampleMessage } from './send-sample';
import { sendSample } from './send-sample';

/** A second project of the sample company, each of whose messages waits for a reviewer. */
export const REVIEWED_PROJECT = 'reviewed-nurses';

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
  { channel: 'whatsapp', facts: { unclear_point: FACTS.dates }, project: REVIEWED_PROJECT },
  { channel: 'sms', first: 'Jonas', facts: { unclear_point: FACTS.gap }, project: REVIEWED_PROJECT },
  { channel: 'email', first: 'Priya', facts: { unclear_point: FACTS.licence }, project: REVIEWED_PROJECT },
  {
    channel: 'whatsapp',
    first: 'Tomasz',
    telephone: '+447700900213',
    facts: { unclear_point: FACTS.salary },
    project: REVIEWED_PROJECT,
  },
  { channel: 'email', first: 'Noor', facts: { unclear_point: FACTS.hours }, project: REVIEWED_PROJECT },
  {
    channel: 'whatsapp',
    first: 'Elif',
    telephone: '+447700900214',
    facts: { unclear_point: 'simulate:invents-amount' },
    project: REVIEWED_PROJECT,
  },
  {
    channel: 'sms',
    first: 'Malik',
    telephone: '+447700900215',
    facts: { unclear_point: 'simulate:invents-date' },
    project: REVIEWED_PROJECT,
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
  await openKeyFor(stage, [SAMPLE.projectId, REVIEWED_PROJECT, ANSWERED_PROJECT.project_id]);
  await Promise.all(MESSAGES.map(async (message) => sendSample(stage, message)));
  // Once opted out: the next request to the same number is suppressed.
  await sendSample(stage, { channel: 'sms', telephone: '+447700900219' });
  await addAnsweredChats(stage);
}

/** The sample's key may use these projects from now on. */
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
