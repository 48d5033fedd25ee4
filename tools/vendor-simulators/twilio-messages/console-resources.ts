import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';
import type { TwilioAccount } from './account';
import type { ContentTemplate } from './content-template';
import { placeholdersOf } from './content-template';
import { notFound } from './errors';
import { messagingServices } from './messaging-services';

/**
 * What an operator sets up in Twilio's console: the account, its numbers, WhatsApp senders and templates. Undefined: no
 * such path.
 */
export function consoleResource(
  account: TwilioAccount,
  url: URL,
  templates: ReadonlyMap<string, ContentTemplate>,
): VendorAnswer | undefined {
  const { pathname: path, searchParams: query } = url;
  const base = `/2010-04-01/Accounts/${account.accountSid}`;
  if (path === `${base}.json`) {
    return jsonAnswer(200, {
      sid: account.accountSid,
      status: 'active',
      type: 'Full',
      friendly_name: 'Sample account',
      uri: path,
    });
  }
  if (path === `${base}/IncomingPhoneNumbers.json`) {
    return jsonAnswer(200, numberPage(account, query.get('PhoneNumber')));
  }
  if (path === '/v2/Channels/Senders') return jsonAnswer(200, senderPage(account));
  const service = messagingServices(account, path);
  if (service) return service;
  const [, sid, approvals] = /^\/v1\/Content\/(HX[0-9a-f]{32})(\/ApprovalRequests)?$/.exec(path) ?? [];
  if (sid === undefined) return undefined;
  const template = templates.get(sid);
  if (!template) return notFound(path);
  return jsonAnswer(
    200,
    approvals === undefined ? contentResource(account, template) : approvalResource(account, template),
  );
}

function numberPage({ accountSid, smsNumbers = [], webhooks = {} }: TwilioAccount, wanted: string | null) {
  const numbers = smsNumbers.filter((number) => wanted === null || number.includes(wanted.replace(/^ /, '+')));
  return {
    incoming_phone_numbers: numbers.map((number) => ({
      account_sid: accountSid,
      phone_number: number,
      friendly_name: number,
      capabilities: { sms: true, voice: false, mms: false },
      sms_url: webhooks[number]?.url ?? '',
      sms_fallback_url: webhooks[number]?.fallbackUrl ?? '',
      sms_application_sid: '',
    })),
    page: 0,
    page_size: 50,
    next_page_uri: null,
  };
}

function senderPage({ whatsappNumbers = [], webhooks = {} }: TwilioAccount) {
  return {
    senders: whatsappNumbers.map((number, index) => ({
      sid: `XE${String(index).padStart(32, '0')}`,
      sender_id: `whatsapp:${number}`,
      status: 'ONLINE',
      webhook: {
        callback_url: webhooks[`whatsapp:${number}`]?.url ?? null,
        callback_method: 'POST',
        fallback_url: webhooks[`whatsapp:${number}`]?.fallbackUrl ?? null,
      },
    })),
    meta: { key: 'senders', page: 0, page_size: 50, next_page_url: null },
  };
}

function contentResource({ accountSid }: TwilioAccount, template: ContentTemplate) {
  return {
    sid: template.contentSid,
    account_sid: accountSid,
    friendly_name: 'sample',
    language: 'en',
    variables: Object.fromEntries(
      placeholdersOf(template.body).map((name) => [name, template.sampleValues[name] ?? '']),
    ),
    types: { 'twilio/text': { body: template.body } },
  };
}

function approvalResource({ accountSid }: TwilioAccount, { contentSid, approval = 'approved' }: ContentTemplate) {
  return {
    sid: contentSid,
    account_sid: accountSid,
    whatsapp: {
      type: 'whatsapp',
      name: 'sample',
      category: 'UTILITY',
      content_type: 'twilio/text',
      status: approval,
      rejection_reason: '',
      allow_category_change: true,
    },
  };
}
