import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { timestamp } from '../../../src/core/ports/clock';
import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../local-stage';
import { LOCAL_STAGE } from '../local-stage';
import { SAMPLE_ASSISTANT } from './answers';
import { sampleCompany } from './company';

type Project = Readonly<Record<string, unknown>> & { readonly project_id: string };

/** A project of the sample company whose replies the engine answers, at any time of the day. */
export const ANSWERED_PROJECT = {
  project_id: 'answered-nurses',
  project_name: 'Nurses for Eastfield',
  replies: 'answer',
  assistant: { disclosure: SAMPLE_ASSISTANT.disclosure, hand_off: SAMPLE_ASSISTANT.hand_off },
} as const satisfies Project;

/** Another project of the sample company, which differs from the first one by these fields of its record. */
export async function addProject({ tables }: Pick<LocalStage, 'tables'>, project: Project): Promise<void> {
  const names = resourceNames(LOCAL_STAGE);
  const record = sampleCompany(names, timestamp(Date.now()));
  await tables.send(new PutCommand({ TableName: names.companyTable, Item: { ...record, ...project } }));
}
