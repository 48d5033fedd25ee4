import { WEBHOOK_PATHS } from '../core/contract/webhook-paths';
import { twilioWhatsapp } from '../providers/twilio-whatsapp';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'whatsapp', vendorUrl: 'twilioUrl', provider: twilioWhatsapp, receiptPath: WEBHOOK_PATHS.twilioStatus });
