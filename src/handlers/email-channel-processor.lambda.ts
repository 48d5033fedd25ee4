import { sendGridEmail } from '../providers/sendgrid-email';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'email', vendorUrl: 'sendgridUrl', provider: sendGridEmail, receiptPath: '/webhooks/sendgrid/events' });
