import type { OutgoingMessage } from '../../src/core/ports/provider';
import type { FilledMessage } from '../../src/core/company/template';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import type { VendorConnection } from '../../src/core/ports/vendor';

export const TWILIO_CREDENTIALS = {
  twilio_account_sid: `AC${'1'.repeat(32)}`,
  twilio_auth_token: 'secret-of-the-sample-account',
  twilio_template_sid: `HX${'a'.repeat(32)}`,
};
export const SENDGRID_CREDENTIALS = { sendgrid_api_key: 'SG.secret-of-the-sample-account' };
export const CONVERSATION = 'acme#nurses#5b0e9f2a#447700900100';
export const ATTEMPT = '7f7b5b1e-0d51-4b6c-9a0f-2f4f6a1f0c11';

/** An outgoing message to a number (or address) that is free of magic. */
export function outgoing(message: FilledMessage, change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const isEmail = message.channel === 'email';
  return {
    message,
    sender: isEmail ? 'careers@example.org' : '+447700900100',
    recipient: isEmail ? 'ada@example.com' : '+447700900200',
    credentials: isEmail ? SENDGRID_CREDENTIALS : TWILIO_CREDENTIALS,
    conversationId: CONVERSATION,
    attemptId: ATTEMPT,
    validForSeconds: 600,
    ...change,
  };
}

/** Makes the sample account known to the simulators. */
export function registerSampleAccount(vendors: Vendors): void {
  vendors.twilio.registerAccount({
    accountSid: TWILIO_CREDENTIALS.twilio_account_sid,
    authToken: TWILIO_CREDENTIALS.twilio_auth_token,
    smsNumbers: ['+447700900100'],
    whatsappNumbers: ['+447700900100'],
  });
  vendors.twilio.registerTemplate({
    contentSid: TWILIO_CREDENTIALS.twilio_template_sid,
    body: 'Hello {{1}}, a word about {{2}}.',
    sampleValues: { 1: 'Sarah', 2: 'your order' },
  });
  vendors.sendgrid.registerKey({
    apiKey: SENDGRID_CREDENTIALS.sendgrid_api_key,
    verifiedSenders: ['careers@example.org'],
  });
}

/** Generous, so that a busy machine fails no test; tests of silence give a short time of their own. */
export function connectionTo(baseUrl: string, change: Partial<VendorConnection> = {}): VendorConnection {
  return { baseUrl, timeoutMilliseconds: 5000, fetch, ...change };
}
