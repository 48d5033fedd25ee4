import { CHANNELS, parseChannel } from '../../src/core/channel';
import { resourceNames } from '../../src/core/names';

describe('names that clients, operators and existing deployments know', () => {
  const names = resourceNames('dev');

  test('are those of the contract', () => {
    expect(names).toMatchObject({
      stack: 'ai-multi-comms-dev',
      api: 'ai-multi-comms-api-dev',
      usagePlan: 'ai-multi-comms-standard-usage-plan-dev',
      router: 'ai-multi-comms-channel-router-dev',
      handoffQueue: 'ai-multi-comms-handoff-queue-dev',
      companyTable: 'ai-multi-comms-company-data-dev',
      conversationTable: 'ai-multi-comms-conversations-dev',
      alertsTopic: 'ai-multi-comms-critical-alerts-dev',
    });
    expect(names.processor('sms')).toBe('ai-multi-comms-sms-channel-processor-dev');
    expect(names.queue('email')).toBe('ai-multi-comms-email-queue-dev');
    expect(names.deadLetterQueue('whatsapp')).toBe('ai-multi-comms-whatsapp-dlq-dev');
    expect(names.modelSecret('sms')).toBe('ai-multi-comms/openai-api-key/sms-dev');
    expect(names.credentialSecret('whatsapp', 'firm', 'nurses')).toBe(
      'ai-multi-comms/whatsapp-credentials/firm/nurses/twilio-dev',
    );
    expect(names.credentialSecret('email', 'firm', 'nurses')).toBe(
      'ai-multi-comms/email-credentials/firm/nurses/sendgrid-dev',
    );
  });

  test('a channel is read in any letter case', () => {
    expect(CHANNELS.map((channel) => parseChannel(channel.toUpperCase()))).toEqual(CHANNELS);
    expect(parseChannel('pigeon')).toBeUndefined();
  });
});
