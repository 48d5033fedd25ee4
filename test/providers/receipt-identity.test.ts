import { twilioReceiptUrl } from '../../src/providers/receipt-identity';

describe('the URL for Twilio\'s receipts', () => {
  it('names conversation and attempt in its query and asks for retries in its fragment', () => {
    expect(twilioReceiptUrl('https://api.example.com/dev/webhooks/twilio/status', 'acme#nurses#5b0e#447700900100', 'attempt-1'))
      .toBe('https://api.example.com/dev/webhooks/twilio/status?conversation_id=acme%23nurses%235b0e%23447700900100&attempt_id=attempt-1#rc=5&rp=all');
  });

  it('keeps what the URL already asks', () => {
    expect(twilioReceiptUrl('https://api.example.com/status?stage=dev', 'a', 'b')).toBe('https://api.example.com/status?stage=dev&conversation_id=a&attempt_id=b#rc=5&rp=all');
  });

  it('gives back the very conversation, whatever characters it holds', () => {
    const conversation = 'a&b=c#d/é ?+@example.org';
    expect(new URL(twilioReceiptUrl('https://api.example.com/s', conversation, 'x')).searchParams.get('conversation_id')).toBe(conversation);
  });
});
