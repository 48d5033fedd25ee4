import { openAiModel } from '../../src/ai/openai-model';
import type { FilledMessage } from '../../src/core/company/template';
import { parseChannelSettings } from '../../src/core/company/company';
import type { Channel } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';
import type { FillRequest } from '../../src/core/ports/language-model';
import type { OutgoingMessage } from '../../src/core/ports/provider';
import { systemClock } from '../../src/handlers/system-clock';
import { fillSchema } from '../../src/processor/composition/template-schema';
import { VENDOR_URLS, VENDORS } from '../../src/providers/vendors';
import { httpVendorAccounts } from '../../src/vendor-accounts/http-vendor-accounts';
import { SAMPLE, sampleCompany } from '../local-stage/sample/company';
import type { Vendors } from '../vendor-simulators/start-vendors';

/** One thing that the engine asks an adapter for. */
export interface Order {
  readonly purpose: string;
  readonly run: (send: typeof fetch) => Promise<unknown>;
}

const TIME = 20_000;
const TWILIO = {
  twilio_account_sid: SAMPLE.accountSid, twilio_auth_token: 'sample-token', twilio_template_sid: SAMPLE.contentSid,
};
const SENDGRID = { sendgrid_api_key: 'SG.sample-key' };
const OPENAI_KEY = 'sk-sample-key';
/** A Messaging Service, which chooses one of its numbers for each message. */
const SERVICE = `MG${'0'.repeat(31)}1`;
const PERSON = '+447700900200';
const RECEIPTS = 'https://api.example.com/prod/webhooks/receipts';

const SMS = { channel: 'sms', text: 'Hello Ada, a word about your CV: 1 & 2 £ 👋', segments: 1 } as const;
const WHATSAPP = { channel: 'whatsapp', text: '', variables: { 1: 'Ada', 2: 'the "gap", 100 %' } } as const;
const MAIL = { channel: 'email', subject: 'One question', text: 'Dear Ada,\n\none question.' } as const;

/** The accounts that the orders speak of, as their owners would have set them up. */
export function setUpAccounts({ twilio, sendgrid, openai }: Vendors): void {
  twilio.registerAccount({
    accountSid: SAMPLE.accountSid, authToken: TWILIO.twilio_auth_token,
    smsNumbers: [SAMPLE.smsNumber], whatsappNumbers: [SAMPLE.whatsappNumber],
    services: [{ sid: SERVICE, numbers: [SAMPLE.smsNumber, SAMPLE.whatsappNumber] }],
  });
  twilio.registerTemplate({ contentSid: SAMPLE.contentSid, body: 'Hello {{1}}: {{2}}', sampleValues: {} });
  sendgrid.registerKey({ apiKey: SENDGRID.sendgrid_api_key, verifiedSenders: [SAMPLE.emailAddress] });
  openai.registerKey(OPENAI_KEY);
}

/** Everything that the adapters ever send, each form of it once. */
export const ORDERS: readonly Order[] = [
  sending('an SMS with receipts', SMS, { receiptUrl: `${RECEIPTS}/twilio` }),
  sending('an SMS without receipts, valid for long', SMS, { validForSeconds: 1_000_000 }),
  sending('a WhatsApp template', WHATSAPP, { receiptUrl: `${RECEIPTS}/twilio` }),
  sending('a WhatsApp template without variables', { ...WHATSAPP, variables: {} }),
  sending('an SMS by a Messaging Service', SMS, { sender: SERVICE }),
  sending('a WhatsApp template by a Messaging Service', WHATSAPP, { sender: SERVICE }),
  sending('an SMS under a name', SMS, { sender: 'Harbour' }),
  sending('a mail of text', MAIL),
  sending('a mail of text and HTML', { ...MAIL, html: '<p>Dear Ada</p>' }, { receiptUrl: `${RECEIPTS}/sendgrid` }),
  looking('an SMS', 'sms'),
  looking('a WhatsApp message', 'whatsapp'),
  looking('an SMS of a Messaging Service', 'sms', SERVICE),
  verifying('an account that sends SMS', 'sms', TWILIO),
  verifying('an account that sends WhatsApp messages', 'whatsapp', TWILIO),
  verifying('an account that sends SMS by a Messaging Service', 'sms', TWILIO, SERVICE),
  verifying('an account that sends WhatsApp messages by a Messaging Service', 'whatsapp', TWILIO, SERVICE),
  verifying('an account that sends mails', 'email', SENDGRID),
  asking('values for an SMS', 'sms'),
  asking('values for a WhatsApp template', 'whatsapp'),
  asking('values for a mail, once more', 'email', {
    reasoningEffort: 'low',
    repairInstructions: 'Mend these.',
    repair: { next_step: { value: 'x', reason: 'too_long' } },
  }),
  {
    purpose: 'looking whether a key may use a model', run: async () => {
      await accounts().verifyModel(settingsOf('sms'), { ai_api_key: OPENAI_KEY });
    },
  },
];

function sending(what: string, message: FilledMessage, change: Partial<OutgoingMessage> = {}): Order {
  const adapter = VENDORS[message.channel];
  const isMail = message.channel === 'email';
  const outgoing: OutgoingMessage = {
    message,
    sender: settingsOf(message.channel).sender,
    recipient: isMail ? 'ada@example.com' : PERSON,
    credentials: isMail ? SENDGRID : TWILIO,
    conversationId: 'harbour-and-pine#nurse-recruitment#5b0e9f2a#447700900200',
    attemptId: '7f7b5b1e-0d51-4b6c-9a0f-2f4f6a1f0c11',
    validForSeconds: 600,
    ...change,
  };
  return {
    purpose: `sending ${what}`,
    run: async (send) => adapter.send(outgoing, connectionTo(adapter.apiUrl, send)),
  };
}

function looking(what: string, channel: Channel, sender = settingsOf(channel).sender): Order {
  const { findMessages, apiUrl } = VENDORS[channel];
  const query = {
    channel, recipient: PERSON, sender, text: SMS.text, since: 0, until: Date.now(),
    credentials: TWILIO,
  };
  return { purpose: `looking for ${what}`, run: async (send) => findMessages?.(query, connectionTo(apiUrl, send)) };
}

function verifying(
  what: string, channel: Channel, secret: OutgoingMessage['credentials'], sender = settingsOf(channel).sender,
): Order {
  const webhook = `https://api.example.com/prod${VENDORS[channel].receiptPath}`;
  return {
    purpose: `verifying ${what}`,
    run: async () => accounts().verifyChannel({ ...settingsOf(channel), sender }, secret, webhook),
  };
}

function asking(what: string, channel: Channel, change: Partial<FillRequest> = {}): Order {
  const { template } = settingsOf(channel).content;
  const request: FillRequest = {
    access: { kind: 'key', apiKey: OPENAI_KEY },
    model: settingsOf(channel).model.model,
    instructions: 'Fill the variables from the facts.',
    facts: JSON.stringify({ project_data: { unclear_point: 'The gap in spring.' } }),
    schema: fillSchema(template.variables, Object.keys(template.variables), true),
    maxOutputTokens: 2000,
    timeBudgetMilliseconds: TIME,
    calls: { take: async () => Promise.resolve(true), giveBack: () => undefined, answered: () => undefined },
    ...change,
  };
  return {
    purpose: `asking for ${what}`,
    run: async (send) => openAiModel({
      requestTimeoutMilliseconds: TIME, clock: systemClock, baseUrl: VENDOR_URLS.openai, fetch: send,
    }).fill(request),
  };
}

function accounts() {
  return httpVendorAccounts(VENDOR_URLS);
}

function connectionTo(baseUrl: string, send: typeof fetch) {
  return { baseUrl, timeoutMilliseconds: TIME, fetch: send };
}

function settingsOf(channel: Channel) {
  const parsed = parseChannelSettings(sampleCompany(resourceNames('sample'), '2026-11-30T00:00:00.000Z'), channel);
  if (parsed.valid) return parsed.value;
  throw new Error(`Reading the sample company failed: ${JSON.stringify(parsed.faults)}. Correct the sample.`);
}
