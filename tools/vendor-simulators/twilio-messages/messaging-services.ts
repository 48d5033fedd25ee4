import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';
import type { MessagingService, TwilioAccount } from './account';
import { notFound } from './errors';

/** The account's Messaging Services and their pools, as Twilio's Messaging API shows them. Undefined: no such path. */
export function messagingServices(account: TwilioAccount, path: string): VendorAnswer | undefined {
  const { services = [] } = account;
  if (path === '/v1/Services') {
    return jsonAnswer(200, { services: services.map(serviceResource), meta: page('services') });
  }
  const [, sid, pool] = /^\/v1\/Services\/(MG[0-9a-fA-F]{32})(?:\/(PhoneNumbers|ChannelSenders))?$/.exec(path) ?? [];
  if (sid === undefined) return undefined;
  const service = services.find((one) => one.sid === sid);
  if (!service) return notFound(path);
  return jsonAnswer(200, pool === undefined ? serviceResource(service) : poolOf(pool, service, account));
}

function serviceResource({ sid, inboundUrl, fallbackUrl, usesNumbersUrl = false }: MessagingService) {
  return {
    sid,
    friendly_name: 'sample',
    inbound_request_url: inboundUrl ?? null,
    inbound_method: 'POST',
    fallback_url: fallbackUrl ?? null,
    fallback_method: 'POST',
    use_inbound_webhook_on_number: usesNumbersUrl,
    us_app_to_person_registered: true,
    smart_encoding: true,
    validity_period: 36_000,
  };
}

function poolOf(pool: string, { numbers }: MessagingService, { smsNumbers = [], whatsappNumbers = [] }: TwilioAccount) {
  if (pool === 'PhoneNumbers') {
    const phoneNumbers = numbers.filter((number) => smsNumbers.includes(number));
    return { phone_numbers: phoneNumbers.map((number) => ({ phone_number: number })), meta: page('phone_numbers') };
  }
  const senders = numbers.filter((number) => whatsappNumbers.includes(number));
  return { senders: senders.map((number) => ({ sender: `whatsapp:${number}` })), meta: page('senders') };
}

function page(key: string) {
  return { key, page: 0, page_size: 50, next_page_url: null };
}
