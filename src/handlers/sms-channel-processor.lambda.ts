import { twilioSms } from '../providers/twilio-sms';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'sms', vendorUrl: 'twilioUrl', provider: twilioSms, receiptPath: '/webhooks/twilio/status' });
