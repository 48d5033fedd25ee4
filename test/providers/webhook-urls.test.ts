import { sendGridEventsUrl } from '../../src/providers/sendgrid-event-webhook';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { twilioReceiptUrl } from '../../src/providers/twilio-send';

const OWNER = { companyId: 'acme & sons', projectId: 'nurses' };
const STATUS = 'https://api.example.com/dev/webhooks/twilio/status';

test('the address for SendGrid names the project whose key signs', () => {
  expect(sendGridEventsUrl('https://api.example.com/dev', OWNER))
    .toBe('https://api.example.com/dev/webhooks/sendgrid/events?company_id=acme+%26+sons&project_id=nurses');
});

test('the address for a number at Twilio names project and channel, and asks for retries', () => {
  expect(twilioInboundUrl('https://api.example.com/dev', { ...OWNER, channel: 'sms' })).toBe(
    'https://api.example.com/dev/webhooks/twilio/inbound?company_id=acme+%26+sons&project_id=nurses&channel=sms#rc=5&rp=all',
  );
});

describe('the URL for Twilio\'s receipts', () => {
  it('names conversation and attempt in its query and asks for retries in its fragment', () => {
    expect(twilioReceiptUrl(STATUS, { conversationId: 'acme#nurses#5b0e#447700900100', attemptId: 'attempt-1' }))
      .toBe(`${STATUS}?conversation_id=acme%23nurses%235b0e%23447700900100&attempt_id=attempt-1#rc=5&rp=all`);
  });

  it('keeps what the URL already asks', () => {
    expect(twilioReceiptUrl('https://api.example.com/status?stage=dev', { conversationId: 'a', attemptId: 'b' }))
      .toBe('https://api.example.com/status?stage=dev&conversation_id=a&attempt_id=b#rc=5&rp=all');
  });

  it('gives back the very conversation, whatever characters it holds', () => {
    const conversationId = 'a&b=c#d/é ?+@example.org';
    expect(
      new URL(twilioReceiptUrl(STATUS, { conversationId, attemptId: 'x' })).searchParams.get('conversation_id'),
    ).toBe(conversationId);
  });
});
