import { WEBHOOK_PATHS } from '../core/contract/webhook-paths';
import { sendGridEmail } from '../providers/sendgrid-email';
import { channelProcessor } from './channel-processor';

export const handler = channelProcessor({ channel: 'email', vendorUrl: 'sendgridUrl', provider: sendGridEmail, receiptPath: WEBHOOK_PATHS.sendgridEvents });
