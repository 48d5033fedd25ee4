import { sendGrid } from '../providers/sendgrid';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'email', vendor: sendGrid });
