import { twilioStatusWebhook } from '../../src/providers/twilio-status-webhook';
import { checkTwilioSignature } from '../../src/providers/twilio-signature';

const QUERY = { conversation_id: 'acme#nurses#5b0e#447700900100', attempt_id: 'attempt-1' };
const FORM = {
  MessageSid: `SM${'1'.repeat(32)}`,
  MessageStatus: 'delivered',
  To: '+447700900123',
  From: '+447700900100',
};

const read = (form: Readonly<Record<string, string>>, query: Readonly<Record<string, string>> = QUERY) => {
  const content = twilioStatusWebhook.read({
    urls: [],
    query,
    headers: {},
    body: new URLSearchParams(form).toString(),
  });
  return content?.kind === 'receipts' ? content.receipts[0] : undefined;
};

describe('a status callback of Twilio', () => {
  it('names the attempt in its query, the message and how far it is', () => {
    expect(read(FORM)).toEqual({
      conversationId: QUERY.conversation_id,
      attemptId: 'attempt-1',
      vendorMessageId: FORM.MessageSid,
      status: 'delivered',
      sentFrom: '+447700900100',
    });
  });

  it.each([
    ['accepted', 'accepted'],
    ['scheduled', 'accepted'],
    ['queued', 'accepted'],
    ['sending', 'accepted'],
    ['sent', 'sent'],
    ['partially_delivered', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'undelivered'],
    ['failed', 'undelivered'],
    ['canceled', 'undelivered'],
  ])('of %s tells %s', (word, status) => {
    expect(read({ ...FORM, MessageStatus: word })?.status).toBe(status);
  });

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['a status that Twilio does not have', { ...FORM, MessageStatus: 'teleported' }, QUERY],
    ['a status that every object has', { ...FORM, MessageStatus: 'constructor' }, QUERY],
    ['no status', { MessageSid: `SM${'1'.repeat(32)}` }, QUERY],
    ['no message', { MessageStatus: 'sent' }, QUERY],
    ['no conversation', FORM, { attempt_id: 'a' }],
    ['no attempt', FORM, { conversation_id: 'c' }],
  ])('with %s tells nothing', (_words, form, query) => {
    expect(read(form, query)).toBeUndefined();
  });

  it('that failed gives the reason of its code', () => {
    expect(read({ ...FORM, MessageStatus: 'undelivered', ErrorCode: '30005' })?.failure).toEqual({
      reason: 'recipient_unreachable',
      detail: '30005',
    });
    expect(read({ ...FORM, MessageStatus: 'failed', ErrorCode: '999999' })?.failure).toEqual({
      reason: 'vendor_refused',
      detail: '999999',
    });
    expect(read({ ...FORM, MessageStatus: 'failed', ErrorCode: 'odd words' })?.failure).toEqual({
      reason: 'vendor_refused',
      detail: 'failed',
    });
    expect(read({ ...FORM, MessageStatus: 'canceled' })?.failure).toEqual({
      reason: 'vendor_refused',
      detail: 'canceled',
    });
  });

  it('whose carrier does not know why is not a lost answer of ours', () => {
    expect(read({ ...FORM, MessageStatus: 'undelivered', ErrorCode: '30008' })?.failure).toEqual({
      reason: 'recipient_unavailable',
      detail: '30008',
    });
  });

  it('that went well has no reason, whatever code stands there', () => {
    expect(read({ ...FORM, ErrorCode: '30005' })).not.toHaveProperty('failure');
  });

  it.each(['21610', '63033'])('with the code %s is an opt-out, named after message and status', (code) => {
    expect(read({ ...FORM, MessageStatus: 'failed', ErrorCode: code })).toMatchObject({
      failure: { reason: 'recipient_opted_out' },
      optOutEvent: `${FORM.MessageSid}-undelivered`,
    });
    expect(read({ ...FORM, MessageStatus: 'failed', ErrorCode: '30007' })).not.toHaveProperty('optOutEvent');
  });

  it('is checked by Twilio\'s signature', () => {
    expect(twilioStatusWebhook.check).toBe(checkTwilioSignature);
  });
});
