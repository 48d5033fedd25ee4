import { randomBytes } from 'node:crypto';
import {
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import { CHANNELS } from '../../src/core/channel';
import type { Channel } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { timestamp } from '../../src/core/ports/clock';
import { replyToken } from '../../src/core/recipient/reply-address';
import { sendGridEventsUrl } from '../../src/providers/sendgrid-event-webhook';
import { TEST_KEY_HASHES } from '../../src/core/names';
import { sha256 } from '../../src/core/sha256';
import { TEST_COMPANY_PREFIX, TEST_KEY_TAG } from '../../src/infra/bootstrap/test-permissions';
import { sampleCompany, WHATSAPP_TEMPLATE } from '../../tools/local-stage/sample/company';
import { companyItemKey, grantItemKey, idempotencyItemKey, usageItemKey, replyAddressKey, threadItemKeys } from '../../src/records/item-keys';
import type { StageUnderTest } from './stage-under-test';

/** What a run has made, to be taken back in reverse, whatever happened in between. */
export class Undo {
  private readonly steps: Array<{ readonly what: string; readonly undo: () => Promise<unknown> }> = [];

  /** To be told before the thing is made: what was made by half is removed too. */
  later(what: string, undo: () => Promise<unknown>): void {
    if (this.steps.some((step) => step.what === what)) return;
    this.steps.push({ what, undo });
  }

  /** Takes everything back; answers what could not be, as sentences. */
  async all(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const { what, undo } of this.steps.reverse()) {
      await undo().catch((error: unknown) => {
        if (!isGone(error)) {
          faults.push(`${what} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
    }
    return faults;
  }
}

export interface TestCompany {
  readonly companyId: string;
  readonly projectId: string;
  readonly apiKey: string;
  /** Whether a language model is asked; otherwise every variable is copied from the facts. */
  readonly asksModel: boolean;
  /** Who is written to. */
  readonly recipient: { readonly telephone: string; readonly email: string };
}

/**
 * Numbers from Ofcom's range for fiction; so are the recipients', of which the simulators treat the last hundred
 * specially.
 */
const SENDERS = { whatsapp: '+447700900150', sms: '+447700900151' } as const;

/** Makes a company of the suite's own, with a key, secrets and, where the vendors are simulated, accounts there. */
export async function onboardTestCompany(
  stage: StageUnderTest,
  run: string,
  undo: Undo,
  givenKey: string | undefined,
): Promise<TestCompany> {
  const company = { companyId: `${TEST_COMPANY_PREFIX}${run}`, projectId: 'suite' };
  const email = `careers-${run}@example.com`;
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const contentSid = `HX${randomBytes(16).toString('hex')}`;
  const token = randomBytes(16).toString('hex');
  const sendgridKey = `SG.${randomBytes(24).toString('base64url')}`;
  const publicKey = await registerWithSimulators(stage, {
    ...company,
    accountSid,
    contentSid,
    token,
    sendgridKey,
    email,
  });
  const twilio = { twilio_account_sid: accountSid, twilio_auth_token: token, twilio_template_sid: contentSid };
  const sendgrid = { sendgrid_api_key: sendgridKey, ...(publicKey && { sendgrid_webhook_public_key: publicKey }) };
  for (const channel of CHANNELS) {
    await createSecret(
      stage,
      stage.names.credentialSecret(channel, company.companyId, company.projectId),
      channel === 'email' ? sendgrid : twilio,
      undo,
    );
  }
  const asksModel = await hasModelSecrets(stage);
  await putItem(
    stage,
    `the company ${company.companyId}`,
    companyRecord(stage, company, { email, contentSid, asksModel }),
    undo,
  );
  const apiKey = await keyFor(stage, company, run, undo, givenKey);
  const last = 200 + (randomBytes(2).readUInt16BE() % 600);
  return {
    ...company,
    apiKey,
    asksModel,
    recipient: { telephone: `+447700900${last}`, email: `candidate-${run}@example.com` },
  };
}

/**
 * Everything that the engine wrote for a request: its idempotency record, its conversation and what else lies in the
 * company's own partitions.
 */
export function forgetRequest(
  stage: StageUnderTest,
  { companyId, projectId }: TestCompany,
  requestId: string,
  recipient: string,
  undo: Undo,
): void {
  const {
    tables,
    names: { conversationTable: TableName },
  } = stage;
  const clear = async (partition: string, isOurs: (sortKey: string) => boolean) => {
    const found = await tables.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'primary_channel = :partition',
        ExpressionAttributeValues: { ':partition': partition },
        ConsistentRead: true,
        ProjectionExpression: 'primary_channel, conversation_id',
      }),
    );
    for (const Key of found.Items ?? []) {
      if (isOurs(String(Key.conversation_id))) await tables.send(new DeleteCommand({ TableName, Key }));
    }
  };
  undo.later('the counters of the run', async () =>
    clear(usageItemKey(companyId, projectId).primary_channel, () => true),
  );
  undo.later(`the request ${requestId}`, async () =>
    tables.send(new DeleteCommand({ TableName, Key: { ...idempotencyItemKey(companyId, projectId, requestId) } })),
  );
  undo.later(`the conversation of the request ${requestId}`, async () =>
    clear(recipient, (sortKey) => sortKey.startsWith(`${companyId}#${projectId}#`)),
  );
  undo.later(`the thread of the request ${requestId}`, async () => {
    for (const record of await recordsOf(stage, recipient, `${companyId}#${projectId}#`)) {
      await clear(threadItemKeys(threadIdOf(record)).thread.primary_channel, () => true);
      for (const attempt of record.attempt_ids ?? []) {
        await clear(replyAddressKey(replyToken(attempt)).primary_channel, () => true);
      }
    }
  });
}

/** Every conversation of the suite with the recipient. */
async function recordsOf(
  { tables, names: { conversationTable: TableName } }: StageUnderTest,
  recipient: string,
  prefix: string,
): Promise<readonly Conversation[]> {
  const found = await tables.send(new QueryCommand({
    TableName,
    KeyConditionExpression: 'primary_channel = :partition AND begins_with(conversation_id, :prefix)',
    ExpressionAttributeValues: { ':partition': recipient, ':prefix': prefix },
    ConsistentRead: true,
  }));
  return (found.Items ?? []) as Conversation[];
}

function companyRecord(
  stage: StageUnderTest,
  { companyId, projectId }: { readonly companyId: string; readonly projectId: string },
  options: { readonly email: string; readonly contentSid: string; readonly asksModel: boolean },
) {
  const record = sampleCompany(stage.names, timestamp(Date.now()));
  const { whatsapp, sms, email } = record.channel_config;
  const credentials = (channel: Channel) => stage.names.credentialSecret(channel, companyId, projectId);
  const prepared = <Template extends { readonly variables: Readonly<Record<string, object>> }>(template: Template) =>
    options.asksModel ? template : copied(template);
  return {
    ...record,
    ...{
      company_id: companyId,
      project_id: projectId,
      company_name: 'Northfield Test Recruitment',
      project_name: 'End-to-end suite',
    },
    channel_config: {
      whatsapp: {
        company_whatsapp_number: SENDERS.whatsapp,
        whatsapp_credentials_id: credentials('whatsapp'),
        template: { ...prepared(whatsapp.template), content_sid: options.contentSid },
      },
      sms: {
        company_sms_number: SENDERS.sms,
        sms_credentials_id: credentials('sms'),
        template: prepared(sms.template),
      },
      email: {
        company_email: options.email,
        email_credentials_id: credentials('email'),
        template: prepared(email.template),
      },
    },
  };
}

/** Without a model every variable is taken from the facts as it is. */
function copied<Template extends { readonly variables: Readonly<Record<string, object>> }>(
  template: Template,
): Template {
  const facts: Readonly<Record<string, string>> = {
    5: 'project_data.unclear_point',
    unclear_point: 'project_data.unclear_point',
    next_step: 'project_data.next_step',
  };
  const variables = Object.entries(template.variables).map(([name, variable]) => [
    name,
    'copy_of' in variable ? variable : { ...variable, copy_of: facts[name] },
  ]);
  return { ...template, variables: Object.fromEntries(variables) };
}

async function hasModelSecrets({ secrets, names }: StageUnderTest): Promise<boolean> {
  const found = await Promise.all(
    CHANNELS.map(async (channel) =>
      secrets.send(new DescribeSecretCommand({ SecretId: names.modelSecret(channel) })).then(
        () => true,
        (error: unknown) => {
          if (isGone(error)) return false;
          throw awsFailure(`Looking for the secret ${names.modelSecret(channel)}`, error);
        },
      ),
    ),
  );
  return found.every(Boolean);
}

async function createSecret({ secrets }: StageUnderTest, Name: string, fields: object, undo: Undo): Promise<void> {
  undo.later(`the secret ${Name}`, async () =>
    secrets.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true })),
  );
  await secrets
    .send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(fields) }))
    .catch((error: unknown) => {
      throw awsFailure(`Storing the secret ${Name}`, error);
    });
}

async function putItem(
  { tables, names: { companyTable: TableName } }: StageUnderTest,
  what: string,
  Item: { readonly company_id: string; readonly project_id: string },
  undo: Undo,
): Promise<void> {
  undo.later(what, async () =>
    tables.send(new DeleteCommand({ TableName, Key: companyItemKey(Item.company_id, Item.project_id) })),
  );
  await tables.send(new PutCommand({ TableName, Item })).catch((error: unknown) => {
    throw awsFailure(`Storing ${what}`, error);
  });
}

/** The key that was given, or one of the run's own, bound to its company. */
async function keyFor(
  stage: StageUnderTest,
  { companyId, projectId }: { readonly companyId: string; readonly projectId: string },
  run: string,
  undo: Undo,
  given: string | undefined,
): Promise<string> {
  const {
    tables,
    names: { companyTable: TableName },
  } = stage;
  const apiKey = given ?? (await createKey(stage, run, undo));
  const key = grantItemKey(sha256(apiKey));
  await tables
    .send(
      new PutCommand({
        TableName,
        Item: { ...key, owner_company_id: companyId, project_ids: [projectId], created_at: timestamp(Date.now()) },
        ConditionExpression: 'attribute_not_exists(company_id) OR begins_with(owner_company_id, :test)',
        ExpressionAttributeValues: { ':test': TEST_COMPANY_PREFIX },
      }),
    )
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') {
        throw new CommandError(
          "Binding the key to the test company failed: it is a client's; leave ENGINE_KEY out, and the suite makes "
            + 'a key of its own.',
        );
      }
      throw awsFailure('Storing the grant of the test key', error);
    });
  undo.later('the grant of the test key', async () => tables.send(new DeleteCommand({ TableName, Key: { ...key } })));
  return apiKey;
}

/** The suite's role reaches only grants whose hash begins so: one value in 65,536, found in some tenths of a second. */
function keyValue(): string {
  for (;;) {
    const value = randomBytes(30).toString('base64url');
    if (sha256(value).startsWith(TEST_KEY_HASHES)) return value;
  }
}

async function createKey({ gateway, names }: StageUnderTest, run: string, undo: Undo): Promise<string> {
  const fail = (attempted: string) => (error: unknown) => { throw awsFailure(attempted, error); };
  const { items: plans = [] } = await gateway
    .send(new GetUsagePlansCommand({ limit: 500 }))
    .catch(fail('Listing the usage plans'));
  const plan = plans.find(({ name }) => name === names.usagePlan);
  if (!plan) {
    throw new CommandError(
      `Making a test key failed: there is no usage plan ${names.usagePlan}; check --stage and AWS_REGION.`,
    );
  }
  const name = `${TEST_COMPANY_PREFIX}${run}`;
  const created = await gateway
    .send(new CreateApiKeyCommand({ name, value: keyValue(), enabled: true, tags: { [TEST_KEY_TAG]: 'true' } }))
    .catch(fail(`Making the API key ${name}`));
  undo.later(`the API key ${name}`, async () => gateway.send(new DeleteApiKeyCommand({ apiKey: created.id })));
  await gateway
    .send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: created.id, keyType: 'API_KEY' }))
    .catch(fail(`Adding the API key ${name} to the usage plan`));
  return created.value ?? '';
}

interface Accounts {
  readonly companyId: string;
  readonly projectId: string;
  readonly accountSid: string;
  readonly contentSid: string;
  readonly token: string;
  readonly sendgridKey: string;
  readonly email: string;
}

/**
 * Real vendors are given made-up credentials, which they refuse: so nothing reaches anybody. Answers the key of
 * SendGrid's events.
 */
async function registerWithSimulators(
  { simulators, url }: StageUnderTest,
  accounts: Accounts,
): Promise<string | undefined> {
  if (!simulators) return undefined;
  await tell(simulators.twilio, 'accounts', {
    accountSid: accounts.accountSid,
    authToken: accounts.token,
    smsNumbers: [SENDERS.sms],
    whatsappNumbers: [SENDERS.whatsapp],
  });
  await tell(simulators.twilio, 'templates', {
    contentSid: accounts.contentSid,
    body: WHATSAPP_TEMPLATE.body,
    sampleValues: { 1: 'Sarah', 2: 'Tom', 3: 'Example Ltd', 4: 'Engineer', 5: 'a date is missing.' },
  });
  const known = await tell(simulators.sendgrid, 'accounts', {
    apiKey: accounts.sendgridKey,
    verifiedSenders: [accounts.email],
    eventWebhookUrl: sendGridEventsUrl(url, accounts),
  });
  return typeof known === 'object' && known !== null && 'publicKey' in known ? String(known.publicKey) : undefined;
}

/** Does at a simulator what a vendor's console is for. */
export async function tell(simulator: string, word: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(`${simulator}/simulator/${word}`, { method: 'PUT', body: JSON.stringify(body) }).catch(
    (error: unknown) => {
      throw new CommandError(
        `Setting up the simulator at ${simulator} failed: nothing answers there `
          + `(${error instanceof Error ? error.message : String(error)}); start it, or leave its address out.`,
      );
    },
  );
  if (!response.ok) {
    throw new CommandError(
      `Setting up the simulator at ${simulator} failed: it answered ${response.status} ${await response.text()}.`,
    );
  }
  return response.json();
}

function isGone(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ResourceNotFoundException' || error.name === 'NotFoundException');
}
