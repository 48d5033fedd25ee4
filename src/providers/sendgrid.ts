import type { VendorAdapter } from '../core/ports/vendor';
import { matching } from './credential-form';
import { sendGridMeaning } from './sendgrid-codes';
import { sendGridEventWebhook, sendGridEventsUrl } from './sendgrid-event-webhook';
import { sendGridInboundWebhook } from './sendgrid-inbound-webhook';
import { sendBySendGrid } from './sendgrid-send';
import { publicKeyFault, SENDGRID_INBOUND_KEY, SENDGRID_WEBHOOK_KEY } from './sendgrid-signature';

/**
 * SendGrid: e-mail. Its list of messages (Email Activity) is a paid extra of six requests a minute, so its receipts
 * alone must do.
 */
export const sendGrid: VendorAdapter = {
  name: 'sendgrid',
  apiUrl: 'https://api.sendgrid.com',
  send: sendBySendGrid,
  webhooks: [sendGridEventWebhook, sendGridInboundWebhook],
  receiptPath: sendGridEventWebhook.path,
  urlToEnter: sendGridEventsUrl,
  // Reports are repeated for a day.
  settleAfter: 24 * 60 * 60_000,
  credentialFields: [
    {
      name: 'sendgrid_api_key',
      required: true,
      description: 'SendGrid API key',
      fault: matching(/^SG\.\S{3,}$/, 'must begin with SG.'),
    },
    {
      name: SENDGRID_WEBHOOK_KEY,
      required: false,
      description: "public key of SendGrid's event webhook",
      fault: publicKeyFault,
    },
    {
      name: SENDGRID_INBOUND_KEY,
      required: false,
      description: 'public key of the security policy of SendGrid\'s Inbound Parse',
      fault: publicKeyFault,
    },
  ],
  templateFields: [],
  meaningOf: sendGridMeaning,
};
