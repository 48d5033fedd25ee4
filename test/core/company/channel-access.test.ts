import { channelAccess } from '../../../src/core/company/channel-access';
import { CHANNELS } from '../../../src/core/channel';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from '../../support/sample-message';

test.each(CHANNELS)('the access of %s is its sender and its secret', (channel) => {
  const senders = { whatsapp: '+447700900001', sms: '+447700900002', email: 'talent@example.com' };
  expect(channelAccess(sampleCompany(), channel)).toEqual({
    channel,
    sender: senders[channel],
    credentialsId: SAMPLE_CREDENTIALS_SECRET,
    language: 'en-GB',
  });
});

test('a template without a language leaves it open', () => {
  const record = { channel_config: { sms: { company_sms_number: '+447700900002', sms_credentials_id: 'a/b' } } };
  expect(channelAccess(record, 'sms')).toEqual({ channel: 'sms', sender: '+447700900002', credentialsId: 'a/b' });
});

test('nothing else of the record matters', () => {
  expect(
    channelAccess({ channel_config: { sms: { company_sms_number: '+1', sms_credentials_id: 's' } } }, 'sms'),
  ).toEqual({ channel: 'sms', sender: '+1', credentialsId: 's' });
});

test.each([
  {},
  { channel_config: null },
  { channel_config: { sms: 'x' } },
  { channel_config: { whatsapp: {} } },
  { channel_config: { sms: { company_sms_number: '+1' } } },
  { channel_config: { sms: { company_sms_number: '', sms_credentials_id: 's' } } },
  { channel_config: { sms: { company_sms_number: 7, sms_credentials_id: 's' } } },
  { channel_config: { sms: { company_sms_number: '+1', sms_credentials_id: '' } } },
])('there is none in %j', (record) => {
  expect(channelAccess(record, 'sms')).toBeUndefined();
});
