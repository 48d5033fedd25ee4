import { twilio } from '../providers/twilio';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'whatsapp', vendor: twilio });
