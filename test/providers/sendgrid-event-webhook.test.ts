import { sendGridEventWebhook } from '../../src/providers/sendgrid-event-webhook';
import { checkSendGridSignature } from '../../src/providers/sendgrid-signature';

const OWN = { conversation_id: 'acme#nurses#5b0e#careers@example.com', attempt_id: 'attempt-1' };
const readBody = (body: string) => {
  const content = sendGridEventWebhook.read({ urls: [], query: {}, headers: {}, body });
  return content?.kind === 'receipts' ? content.receipts : undefined;
};
const read = (...events: readonly unknown[]) => readBody(`${JSON.stringify(events)}\r\n`);
const one = (fields: Readonly<Record<string, unknown>>) => read({ ...OWN, email: 'jo@example.com', ...fields })?.[0];

describe('a batch of SendGrid\'s events', () => {
  it('is one receipt an event, in its order', () => {
    expect(read({ ...OWN, event: 'processed' }, { ...OWN, event: 'open', attempt_id: 'attempt-2' })).toEqual([
      { conversationId: OWN.conversation_id, attemptId: 'attempt-1', status: 'accepted' },
      { conversationId: OWN.conversation_id, attemptId: 'attempt-2', status: 'read' },
    ]);
  });

  it('leaves out events that it does not know and mails of others', () => {
    expect(
      read(
        { ...OWN, event: 'account_status_change' },
        { ...OWN, event: 'valueOf' },
        { event: 'delivered' },
        { ...OWN, event: 'delivered', attempt_id: '' },
        { ...OWN, event: 'delivered', conversation_id: 7 },
        'delivered',
        null,
        { ...OWN },
      ),
    ).toEqual([]);
  });

  it.each(['', '{}', 'event=delivered', '"[]"', 'null'])('that reads %s is none', (body) => {
    expect(readBody(body)).toBeUndefined();
  });

  it.each([
    ['processed', 'accepted'],
    ['deferred', 'accepted'],
    ['delivered', 'delivered'],
    ['open', 'read'],
    ['click', 'read'],
    ['spamreport', 'delivered'],
    ['unsubscribe', 'delivered'],
    ['group_unsubscribe', 'delivered'],
    ['bounce', 'undelivered'],
    ['dropped', 'undelivered'],
  ])('tells by %s: %s', (event, status) => {
    expect(one({ event })?.status).toBe(status);
  });

  it.each([
    ['jZc8hlCzSyKcXLOlFqYQAg.recvd-5d6cb8d4b5-abcde-1-61F3A0B2-1.0', 'jZc8hlCzSyKcXLOlFqYQAg'],
    ['14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0', '14c5d75ce93.dfd.64b469'],
    ['plain', 'plain'],
  ])('knows the mail %s by the answer to its send', (sg_message_id, vendorMessageId) => {
    expect(one({ event: 'delivered', sg_message_id })).toMatchObject({ vendorMessageId });
  });

  it.each<[Readonly<Record<string, string>>, string, string]>([
    [
      {
        event: 'bounce',
        type: 'bounce',
        bounce_classification: 'Invalid Address',
        reason: '550 no jo@example.com here',
      },
      'recipient_unreachable',
      'bounce: Invalid Address',
    ],
    [{ event: 'bounce', type: 'blocked', bounce_classification: 'Content' }, 'content_rejected', 'bounce: Content'],
    [
      { event: 'bounce', type: 'blocked', bounce_classification: 'Mailbox Unavailable' },
      'recipient_unavailable',
      'bounce: Mailbox Unavailable',
    ],
    [
      { event: 'bounce', type: 'blocked', bounce_classification: 'Unclassified' },
      'recipient_unavailable',
      'bounce: blocked',
    ],
    [{ event: 'bounce', type: 'bounce', bounce_classification: 'toString' }, 'recipient_unreachable', 'bounce'],
    [{ event: 'dropped', reason: 'Bounced Address' }, 'recipient_unreachable', 'dropped: Bounced Address'],
    [{ event: 'dropped', reason: 'Unsubscribed Address' }, 'recipient_opted_out', 'dropped: Unsubscribed Address'],
    [{ event: 'dropped', reason: 'Recipient List over Package Quota' }, 'vendor_refused', 'dropped'],
  ])("gives for %j the reason %s without the vendor's free text", (fields, reason, detail) => {
    expect(one(fields)?.failure).toEqual({ reason, detail });
  });

  it.each([
    { event: 'spamreport' }, { event: 'unsubscribe' }, { event: 'group_unsubscribe' },
    { event: 'dropped', reason: 'Unsubscribed Address' }, { event: 'dropped', reason: 'Spam Reporting Address' },
  ])('is an opt-out by %j, named after the event', (fields) => {
    expect(one({ ...fields, sg_event_id: 'event-9' })).toMatchObject({ optOutEvent: 'event-9' });
    expect(one({ ...fields, sg_message_id: 'm' })).toMatchObject({ optOutEvent: `${fields.event}-m` });
  });

  it('is not an opt-out by a bounce', () => {
    expect(one({ event: 'bounce', sg_event_id: 'event-9' })).not.toHaveProperty('optOutEvent');
  });

  it('is checked by SendGrid\'s signature', () => {
    expect(sendGridEventWebhook.check).toBe(checkSendGridSignature);
  });
});
