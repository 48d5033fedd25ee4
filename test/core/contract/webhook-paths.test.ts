import { sendGridEventsUrl, twilioInboundUrl } from '../../../src/core/contract/webhook-paths';

const OWNER = { companyId: 'acme & sons', projectId: 'nurses' };

test('the address for SendGrid names the project whose key signs', () => {
  expect(sendGridEventsUrl('https://api.example.com/dev', OWNER)).toBe('https://api.example.com/dev/webhooks/sendgrid/events?company_id=acme+%26+sons&project_id=nurses');
});

test('the address for a number at Twilio names project and channel, and asks for retries', () => {
  expect(twilioInboundUrl('https://api.example.com/dev', { ...OWNER, channel: 'sms' }))
    .toBe('https://api.example.com/dev/webhooks/twilio/inbound?company_id=acme+%26+sons&project_id=nurses&channel=sms#rc=5&rp=all');
});
