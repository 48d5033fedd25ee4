import * as z from 'zod/mini';
import { WEBHOOK_QUERY } from '../core/contract/webhook-query';
import type { Finding } from '../core/ports/vendor-accounts';
import { askVendor, fault, ok, read } from './ask-vendor';
import type { TwilioAccess } from './twilio-api';
import { apiAt, twilioHeaders } from './twilio-api';

const address = z.nullish(z.string());
export const serviceShape = z.object({
  sid: z.string(),
  inbound_request_url: address,
  fallback_url: address,
  use_inbound_webhook_on_number: z.nullish(z.boolean()),
  us_app_to_person_registered: z.nullish(z.boolean()),
});
const servicesShape = z.object({ services: z.array(serviceShape) });
export const poolShape = z.object({ phone_numbers: z.array(z.object({ phone_number: z.string() })) });
const channelPoolShape = z.object({ senders: z.array(z.object({ sender: z.string() })) });

export type MessagingService = z.infer<typeof serviceShape>;

/** Where Twilio posts what a sender receives. */
export interface Entered {
  /** Where it is entered, in words. */
  readonly where: string;
  readonly url: string | null | undefined;
  readonly fallbackUrl: string | null | undefined;
}

/** Services of an account whose numbers are looked through at most. */
const SERVICES = 20;

/**
 * The Messaging Service that a sender belongs to: it takes what the sender receives, unless it leaves that to the
 * number. Undefined where there is none, or the credentials may not look.
 */
export async function findServiceOf(sender: string, access: TwilioAccess): Promise<MessagingService | undefined> {
  const base = `${apiAt('messaging', access.urls)}/v1/Services`;
  const headers = twilioHeaders(access);
  const listed = read(await askVendor(`${base}?PageSize=${SERVICES}`, headers), servicesShape);
  for (const service of listed?.services ?? []) {
    const pool = sender.startsWith('whatsapp:') ? 'ChannelSenders' : 'PhoneNumbers';
    const answer = await askVendor(`${base}/${service.sid}/${pool}?PageSize=100`, headers);
    const numbers = read(answer, poolShape)?.phone_numbers.map(({ phone_number: number }) => number);
    const senders = read(answer, channelPoolShape)?.senders.map((one) => one.sender);
    if ([...numbers ?? [], ...senders ?? []].includes(sender)) return service;
  }
  return undefined;
}

/** A service's own webhook, or the number's where the service leaves it to that. */
export function enteredFor(own: Entered, service: MessagingService | undefined): Entered {
  if (!service || service.use_inbound_webhook_on_number === true) return own;
  const { sid, inbound_request_url: url, fallback_url: fallbackUrl } = service;
  return { where: `Messaging Service ${sid} ("Incoming Messages")`, url, fallbackUrl };
}

/**
 * Whether the sender's replies and stops reach this engine: `expected` is the URL to enter. The same URL of another
 * project of the company does as well, since projects may share a sender.
 */
export function judgeRouting(entered: Entered, expected: string): readonly Finding[] {
  const subject = 'incoming messages';
  const { where, url, fallbackUrl } = entered;
  const todo = `enter ${expected} there (POST)`;
  if (!url) return [fault(subject, `nothing is entered at the ${where}, so replies and STOP are lost: ${todo}`)];
  if (!isSameWebhook(url, expected)) {
    const company = otherCompany(url, expected);
    if (company !== undefined) return [sharedWith(company, where, todo)];
    return [fault(subject, `the ${where} posts ${placeOf(url, expected)}: ${todo}`)];
  }
  return [
    hasRetries(url, expected)
      ? ok(subject, `the ${where} posts to this engine`)
      : warning(subject, `the ${where} posts to this engine without the retries that the URL's end asks for: ${todo}`),
    ...judgeFallback(fallbackUrl, where, expected),
  ];
}

/** Twilio gives up on a webhook after 15 seconds in all, and then calls the fallback once. */
function judgeFallback(url: string | null | undefined, where: string, expected: string): readonly Finding[] {
  const subject = 'incoming messages, fallback';
  if (!url) {
    const todo = `enter the same URL as its fallback too, or one of your own that alerts: ${expected}`;
    return [warning(subject, `the ${where} has no fallback URL, so what comes in an outage is lost: ${todo}`)];
  }
  return [ok(subject, `the ${where} has a fallback URL`)];
}

function isSameWebhook(url: string, expected: string): boolean {
  return isSamePlace(url, expected) && OWNER.every((name) => (
    new URL(url).searchParams.get(name) === new URL(expected).searchParams.get(name)
  ));
}

/** Whose call it is stands in these parameters; another project of the company is as good. */
const OWNER = [WEBHOOK_QUERY.company, WEBHOOK_QUERY.channel];

function isSamePlace(url: string, expected: string): boolean {
  if (!URL.canParse(url)) return false;
  const [given, own] = [new URL(url), new URL(expected)];
  return given.origin === own.origin && given.pathname === own.pathname;
}

function hasRetries(url: string, expected: string): boolean {
  return new URL(url).hash === new URL(expected).hash;
}

/** A stranger's URL may hold secrets in its query. */
function placeOf(url: string, expected: string): string {
  if (!URL.canParse(url)) return 'to something that is not a URL';
  const { origin, pathname, searchParams } = new URL(url);
  if (!isSamePlace(url, expected)) return `to ${origin}${pathname}, not to this engine`;
  return `to this engine for the channel ${searchParams.get(WEBHOOK_QUERY.channel) ?? 'none'}, not for this one`;
}

/** The other company of this engine that a URL of the same channel names; undefined if it names none. */
function otherCompany(url: string, expected: string): string | undefined {
  if (!isSamePlace(url, expected)) return undefined;
  const [given, own] = [new URL(url).searchParams, new URL(expected).searchParams];
  const company = given.get(WEBHOOK_QUERY.company) ?? '';
  const isOther = company !== '' && company !== own.get(WEBHOOK_QUERY.company);
  return isOther && given.get(WEBHOOK_QUERY.channel) === own.get(WEBHOOK_QUERY.channel) ? company : undefined;
}

/** A stop counts for the sender, whichever company it came by; a reply is looked for among that company's messages. */
function sharedWith(company: string, where: string, todo: string): Finding {
  const words = `the ${where} posts to this engine for the company ${company}: stops count, and replies to this `
    + `company's messages are not matched; ${todo}, or send as another number`;
  return warning('incoming messages', words);
}

function warning(subject: string, words: string): Finding {
  return { subject, verdict: 'warning', words };
}
