import { SegmentedMessage } from 'sms-segments-calculator';
import type { JsonRecord } from '../json-record';
import type { CheckedMessage } from './message-check';

/** Statuses of an outgoing message in the order in which a good one passes them. */
export const MESSAGE_STATUSES = ['queued', 'sending', 'sent', 'delivered', 'read', 'undelivered', 'failed'] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** A message that Twilio has taken. */
export interface StoredMessage {
  readonly sid: string;
  readonly accountSid: string;
  readonly checked: CheckedMessage;
  readonly status: MessageStatus;
  readonly errorCode?: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Set with the first status that means that it has left Twilio. */
  readonly sentAt?: number;
}

/** The message as Twilio's REST API shows it. */
export function messageResource(message: StoredMessage): JsonRecord {
  const uri = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`;
  return {
    account_sid: message.accountSid,
    api_version: '2010-04-01',
    body: message.checked.text,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === undefined ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: 'outbound-api',
    error_code: message.errorCode ?? null,
    error_message: null,
    from: message.checked.from,
    messaging_service_sid: message.checked.service ?? null,
    num_media: '0',
    num_segments: String(
      message.checked.channel === 'sms' ? new SegmentedMessage(message.checked.text).segmentsCount : 1,
    ),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.checked.to,
    uri: `${uri}.json`,
  };
}

/** A page of messages as Twilio lists them, newest first. */
export function messagePage(messages: readonly StoredMessage[], path: string, query: URLSearchParams): JsonRecord {
  const pageSize = Math.min(Math.max(Number(query.get('PageSize') ?? 50) || 50, 1), 1000);
  const page = Math.max(Number(query.get('Page') ?? 0) || 0, 0);
  const matching = messages.filter(
    (message) => matches(query.get('To'), message.checked.to) && matches(query.get('From'), message.checked.from),
  );
  const shown = matching.slice(page * pageSize, (page + 1) * pageSize);
  const link = (target: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(pageSize));
    parameters.set('Page', String(target));
    return `${path}?${parameters.toString()}`;
  };
  return {
    first_page_uri: link(0),
    next_page_uri: (page + 1) * pageSize < matching.length ? link(page + 1) : null,
    previous_page_uri: page > 0 ? link(page - 1) : null,
    page,
    page_size: pageSize,
    start: page * pageSize,
    end: page * pageSize + Math.max(shown.length - 1, 0),
    uri: link(page),
    messages: shown.map(messageResource),
  };
}

function matches(wanted: string | null, found: string): boolean {
  return wanted === null || wanted === found;
}

/** RFC 2822 in UTC, as Twilio writes dates: `Sat, 07 Nov 2026 09:00:00 +0000`. */
export function rfc2822(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace('GMT', '+0000');
}
