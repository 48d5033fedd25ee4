import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../../src/core/channel';
import { CHANNELS } from '../../../src/core/channel';
import { timestamp } from '../../../src/core/ports/clock';
import { resourceNames } from '../../../src/core/names';
import { twilioInboundUrl } from '../../../src/providers/twilio-inbound-webhook';
import { sendGridEventsUrl } from '../../../src/providers/sendgrid-event-webhook';
import { sendGridInboundUrl } from '../../../src/providers/sendgrid-inbound-webhook';
import { grantItemKey } from '../../../src/records/item-keys';
import type { Vendors } from '../../vendor-simulators/start-vendors';
import { SAMPLE, sampleCompany, WHATSAPP_TEMPLATE } from './company';

/** Credentials that only the simulators know; a real company brings its own. */
const SAMPLE_CREDENTIALS = {
  openaiKey: 'sample-model-key',
  twilioToken: 'sample-twilio-token',
  sendgridKey: 'SG.sample-sendgrid-key',
} as const;

/** Where and as whom to write: the embedded cloud's administrator. */
export interface AdministratorAccess {
  /** Public base URL of the engine, which vendors call. */
  readonly apiUrl: string;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Writes the sample company's record, secrets and API key, and makes its accounts known to the simulated vendors. */
export async function onboardSampleCompany(
  stage: string,
  administrator: AdministratorAccess,
  apiKey: string,
  vendors: Vendors,
  modelKey: string = SAMPLE_CREDENTIALS.openaiKey,
): Promise<void> {
  const names = resourceNames(stage);
  const now = timestamp(Date.now());
  registerWithVendors(vendors, administrator.apiUrl);

  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(administrator));
  await tables.send(new PutCommand({ TableName: names.companyTable, Item: sampleCompany(names, now) }));
  const keyHash = createHash('sha256').update(apiKey).digest('hex');
  await tables.send(
    new PutCommand({
      TableName: names.companyTable,
      Item: {
        ...grantItemKey(keyHash),
        owner_company_id: SAMPLE.companyId,
        project_ids: [SAMPLE.projectId],
        created_at: now,
      },
    }),
  );

  const secrets = new SecretsManagerClient(administrator);
  const create = (name: string, fields: Readonly<Record<string, string>>) =>
    secrets.send(new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(fields) }));
  const twilio = {
    twilio_account_sid: SAMPLE.accountSid,
    twilio_auth_token: SAMPLE_CREDENTIALS.twilioToken,
    twilio_template_sid: SAMPLE.contentSid,
  };
  await Promise.all([
    ...CHANNELS.map((channel) => create(names.modelSecret(channel), { ai_api_key: modelKey })),
    create(names.credentialSecret('whatsapp', SAMPLE.companyId, SAMPLE.projectId), twilio),
    create(names.credentialSecret('sms', SAMPLE.companyId, SAMPLE.projectId), twilio),
    create(names.credentialSecret('email', SAMPLE.companyId, SAMPLE.projectId), {
      sendgrid_api_key: SAMPLE_CREDENTIALS.sendgridKey,
      sendgrid_webhook_public_key: vendors.sendgrid.publicKey(SAMPLE_CREDENTIALS.sendgridKey),
      sendgrid_inbound_public_key: vendors.sendgrid.inboundPublicKey(SAMPLE_CREDENTIALS.sendgridKey),
    }),
  ]);
}

function registerWithVendors(vendors: Vendors, apiUrl: string): void {
  const entered = (channel: Channel) => {
    const url = twilioInboundUrl(apiUrl, { ...SAMPLE, channel });
    return { url, fallbackUrl: url };
  };
  vendors.openai.registerKey(SAMPLE_CREDENTIALS.openaiKey);
  vendors.twilio.registerAccount({
    accountSid: SAMPLE.accountSid,
    authToken: SAMPLE_CREDENTIALS.twilioToken,
    smsNumbers: [SAMPLE.smsNumber],
    whatsappNumbers: [SAMPLE.whatsappNumber],
    webhooks: {
      [SAMPLE.smsNumber]: entered('sms'),
      [`whatsapp:${SAMPLE.whatsappNumber}`]: entered('whatsapp'),
    },
  });
  vendors.twilio.registerTemplate({
    contentSid: SAMPLE.contentSid,
    body: WHATSAPP_TEMPLATE.body,
    sampleValues: { 1: 'Sarah', 2: 'Tom', 3: 'Example Ltd', 4: 'Engineer', 5: 'a date is missing.' },
  });
  vendors.sendgrid.registerKey({
    apiKey: SAMPLE_CREDENTIALS.sendgridKey,
    verifiedSenders: [SAMPLE.emailAddress],
    eventWebhookUrl: sendGridEventsUrl(apiUrl, SAMPLE),
    inboundParse: [{ hostname: SAMPLE.inboundDomain, url: sendGridInboundUrl(apiUrl, SAMPLE), send_raw: true }],
  });
}
