import { WEBHOOK_PATHS } from '../core/contract/webhook-paths';
import { twilioSms } from '../providers/twilio-sms';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'sms', vendorUrl: 'twilioUrl', provider: twilioSms, receiptPath: WEBHOOK_PATHS.twilioStatus });
