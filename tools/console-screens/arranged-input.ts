import { randomUUID } from 'node:crypto';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from 'playwright-core';
import { recordKey } from '../../src/console-api/routes/record-key';
import { timestamp } from '../../src/core/ports/clock';
import { resourceNames } from '../../src/core/names';
import { postRequest } from '../local-stage/api-client';
import type { LocalStage } from '../local-stage/local-stage';
import { LOCAL_STAGE } from '../local-stage/local-stage';
import { SAMPLE, sampleCompany } from '../local-stage/sample/company';
import { openKeyFor, REVIEWED_PROJECT } from '../local-stage/sample/fill-sample';
import { sampleRequest } from '../local-stage/sample/requests';

export const SCRIPT = '<img src=x onerror="document.title=\'attacked\'"><script>document.title="attacked"</script>';
/** Scripts, styles, codes of terminals, marks of direction, right-to-left and endless words. */
export const HOSTILE =
  `${SCRIPT}</style><style>*{display:none}</style>\u202Eevil\u2066\u001b[31m javascript:alert(1) {{7*7}} \u0634\u0634`;
export const ENDLESS = `${'\u0634'.repeat(512)}${'w'.repeat(512)}`;
export const HOSTILE_PROJECT = 'hostile';

/** The next call of the person's sessions asks the provider for their roles again. */
export async function ageRoles({ tables }: LocalStage, personId: string): Promise<void> {
  const { conversationTable: TableName } = resourceNames(LOCAL_STAGE);
  const { Items: own = [] } = await tables.send(new QueryCommand({
    TableName,
    KeyConditionExpression: 'primary_channel = :own',
    ExpressionAttributeValues: { ':own': `sessions-of#${personId}` },
  }));
  for (const { conversation_id: hash } of own) {
    await tables.send(new UpdateCommand({
      TableName,
      Key: { primary_channel: `session#${String(hash)}`, conversation_id: 'session' },
      UpdateExpression: 'SET rolesAt = :before',
      ExpressionAttributeValues: { ':before': timestamp(Date.now() - 6 * 60_000) },
    }));
  }
}

export async function addHostileProject(stage: LocalStage): Promise<void> {
  const record = sampleCompany(resourceNames(LOCAL_STAGE), timestamp(Date.now()));
  await stage.tables.send(new PutCommand({
    TableName: resourceNames(LOCAL_STAGE).companyTable,
    Item: {
      ...record,
      project_id: HOSTILE_PROJECT,
      project_name: `${HOSTILE} ${ENDLESS}`,
      company_rep: { ...record.company_rep, company_rep_1: `${SCRIPT}\u202Ex` },
      auto_queue_initial_message: true,
    },
  }));
  await openKeyFor(stage, [SAMPLE.projectId, REVIEWED_PROJECT, HOSTILE_PROJECT]);
}

/** Looks, half a second apart, until a message that was posted has to wait. */
const TRIES = 60;

/** Posts a message that waits for a reviewer; answers its key once the reviewer of the page can see it. */
export async function holdOne(
  stage: LocalStage, page: Page, facts: object, project: string = REVIEWED_PROJECT,
): Promise<string> {
  const request = sampleRequest('sms', randomUUID(), timestamp(Date.now()));
  const { status, body } = await postRequest(stage.url, stage.apiKey, {
    ...request,
    company_data: { ...request.company_data, project_id: project },
    project_data: { ...request.project_data, ...facts },
  });
  if (status !== 200) throw new Error(`the request was answered ${status}: ${JSON.stringify(body)}`);
  const key = recordKey(String(body.conversation_id));
  const seen = async () => page.evaluate(`fetch('/console/api/reviews/${key}').then(({ status }) => status)`);
  for (let tries = 0; (await seen()) !== 200; tries += 1) {
    if (tries === TRIES) throw new Error(`the message ${key} does not wait for a reviewer`);
    await page.waitForTimeout(500);
  }
  return key;
}

/** The API takes no more than 2,000 fields; records of earlier engines and of other tools may hold more. */
export async function addFacts({ tables }: LocalStage, key: string, count: number): Promise<void> {
  const id = Buffer.from(key, 'base64url').toString();
  await tables.send(new UpdateCommand({
    TableName: resourceNames(LOCAL_STAGE).conversationTable,
    Key: { primary_channel: sampleRequest('sms', '', '').recipient_data.recipient_tel, conversation_id: id },
    UpdateExpression: 'SET project_data.facts = :facts',
    ConditionExpression: 'attribute_exists(primary_channel)',
    ExpressionAttributeValues: { ':facts': Array.from({ length: count }, (_none, place) => place) },
  }));
}
