/** Base URLs of the vendors' APIs. */
export interface VendorUrls {
  readonly twilio: string;
  /** Twilio's Content API, where templates and their approval are kept. */
  readonly twilioContent: string;
  /** Twilio's Messaging API, where WhatsApp senders are kept. */
  readonly twilioMessaging: string;
  readonly sendgrid: string;
  readonly openai: string;
}

/** The vendors' own, which every deployed stage uses unless its settings name others. */
export const VENDOR_URLS: VendorUrls = {
  twilio: 'https://api.twilio.com',
  twilioContent: 'https://content.twilio.com',
  twilioMessaging: 'https://messaging.twilio.com',
  sendgrid: 'https://api.sendgrid.com',
  openai: 'https://api.openai.com/v1',
};
