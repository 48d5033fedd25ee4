import * as z from 'zod/mini';
import { isService } from '../core/channels/sender-form';
import type { LookupQuery, LookupResult } from '../core/ports/message-lookup';
import type { VendorConnection } from '../core/ports/vendor';
import { twilioAddress } from './twilio-address';

/** Messages of one page; Twilio's most is 1000. */
const PAGE_SIZE = 200;
/** Messages to one recipient from one sender within a day are few: more pages than this cannot be such a list. */
const PAGES = 5;

const entry = z.object({
  sid: z.string().check(z.minLength(1)),
  body: z.nullable(z.string()),
  direction: z.string(),
  messaging_service_sid: z.nullish(z.string()),
  /** RFC 2822, in whole seconds. */
  date_created: z.string(),
});
const page = z.object({ messages: z.array(entry), next_page_uri: z.nullable(z.string()) });

type Entry = z.infer<typeof entry>;
type Page = z.infer<typeof page>;

/**
 * Twilio's list of messages, newest first. Never filtered by `DateSent`, which is empty as long as a message is queued
 * at Twilio.
 */
export async function findTwilioMessages(query: LookupQuery, connection: VendorConnection): Promise<LookupResult> {
  const { twilio_account_sid: accountSid = '', twilio_auth_token: authToken = '' } = query.credentials;
  if (accountSid === '' || authToken === '') return { outcome: 'unavailable', detail: 'credentials incomplete' };
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const { channel, recipient, sender } = query;
  const filter = new URLSearchParams({
    To: twilioAddress(channel, recipient),
    // A service sends by any of its numbers: its messages are told by the service's own identifier.
    ...(isService(sender) ? {} : { From: twilioAddress(channel, sender) }),
    PageSize: String(PAGE_SIZE),
  });
  const found: string[] = [];
  const others: string[] = [];
  let path: string | null = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json?${filter.toString()}`;
  for (let count = 0; count < PAGES && path !== null; count += 1) {
    const read = await readPage(connection, path, authorization);
    if (typeof read === 'string') return { outcome: 'unavailable', detail: read };
    const sent = read.messages.filter((message) => isInWindow(message, query));
    found.push(...sent.filter(({ body }) => body === query.text).map(({ sid }) => sid));
    others.push(...sent.filter(({ body }) => body !== query.text).map(({ sid }) => sid));
    path = read.messages.some((message) => Date.parse(message.date_created) < query.since) ? null : read.next_page_uri;
  }
  // A list that was not read to its end may hold the message all the same.
  return path === null
    ? { outcome: 'listed', vendorMessageIds: found, otherMessageIds: others }
    : { outcome: 'unavailable', detail: `more than ${PAGES} pages` };
}

function isInWindow(message: Entry, { sender, since, until }: LookupQuery): boolean {
  const at = Date.parse(message.date_created);
  if (isService(sender) && message.messaging_service_sid !== sender) return false;
  return message.direction.startsWith('outbound') && at >= since && at <= until;
}

/** A page, or what is wrong with it. */
async function readPage(connection: VendorConnection, path: string, authorization: string): Promise<Page | string> {
  const { baseUrl, timeoutMilliseconds, fetch: send } = connection;
  try {
    const url = new URL(path, baseUrl);
    // The account's password goes nowhere but to the vendor.
    if (url.origin !== new URL(baseUrl).origin) return 'the next page is at another host';
    const headers = { authorization, accept: 'application/json' };
    const response = await send(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
    if (response.status !== 200) return `HTTP ${response.status}`;
    const parsed = page.safeParse(await response.json());
    return parsed.success ? parsed.data : 'unreadable answer';
  } catch (failure) {
    return `no answer (${failure instanceof Error ? failure.name : typeof failure})`;
  }
}
