import * as z from 'zod/mini';
import type { ListedMedia, MediaFailure, MediaQuery, OpenedMedium } from '../core/ports/media';
import type { VendorConnection } from '../core/ports/vendor';

const page = z.object({ media_list: z.array(z.object({ sid: z.string(), content_type: z.string() })) });

/** Of a message and of a medium: what else stands in a path leads elsewhere. */
const SID = /^[A-Z]{2}[0-9a-fA-F]{32}$/;

/** The media of a message that came in (twilio.com/docs/messaging/api/media-resource). */
export async function listTwilioMedia(query: MediaQuery, connection: VendorConnection): Promise<ListedMedia> {
  const access = accessOf(query, connection);
  if ('outcome' in access) return access;
  const answer = await ask(new URL(`${access.path}.json`, connection.baseUrl), access.headers, connection);
  if (answer instanceof Response) {
    if (answer.status !== 200) return failureOf(answer);
    const parsed = page.safeParse(await answer.json().catch(() => undefined));
    if (!parsed.success) return { outcome: 'unavailable', detail: 'unreadable answer' };
    return { outcome: 'listed', media: parsed.data.media_list.map(({ sid: id, content_type: type }) => ({ id, type })) };
  }
  return answer;
}

/** Twilio answers with the place where the bytes lie, for some hours, at another host. */
export async function openTwilioMedium(
  query: MediaQuery & { readonly id: string }, connection: VendorConnection,
): Promise<OpenedMedium> {
  const access = accessOf(query, connection);
  if ('outcome' in access) return access;
  if (!SID.test(query.id)) return { outcome: 'gone' };
  const url = new URL(`${access.path}/${query.id}`, connection.baseUrl);
  let answer = await ask(url, access.headers, connection);
  const place = answer instanceof Response && answer.status > 300 && answer.status < 400
    ? placeOf(answer.headers.get('location'), url)
    : undefined;
  // The account's password goes nowhere but to the vendor, and the next answer is the last.
  if (place) answer = await ask(place, {}, connection);
  if (!(answer instanceof Response)) return answer;
  if (answer.status !== 200 || !answer.body) return failureOf(answer);
  const bytes = Number(answer.headers.get('content-length') ?? 'unknown');
  return {
    outcome: 'open',
    type: answer.headers.get('content-type') ?? 'application/octet-stream',
    ...(Number.isSafeInteger(bytes) ? { bytes } : {}),
    content: answer.body,
  };
}

function accessOf(
  { message, credentials }: MediaQuery, { baseUrl }: VendorConnection,
): MediaFailure | { readonly path: string; readonly headers: Readonly<Record<string, string>> } {
  const { twilio_account_sid: account = '', twilio_auth_token: token = '' } = credentials;
  if (account === '' || token === '') return { outcome: 'unavailable', detail: 'credentials incomplete' };
  if (!SID.test(message)) return { outcome: 'gone' };
  const path = `/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages/${message}/Media`;
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  return { path: new URL(path, baseUrl).href, headers: { authorization } };
}

/** Undefined for a place that no vendor would name: plain http away from the vendor's own host. */
function placeOf(location: string | null, from: URL): URL | undefined {
  const place = location !== null && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  return place && (place.protocol === 'https:' || place.origin === from.origin) ? place : undefined;
}

async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { timeoutMilliseconds, fetch: send }: VendorConnection,
): Promise<Response | MediaFailure> {
  try {
    return await send(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch (failure) {
    return { outcome: 'unavailable', detail: `no answer (${failure instanceof Error ? failure.name : typeof failure})` };
  }
}

function failureOf({ status }: Response): MediaFailure {
  return status === 404 ? { outcome: 'gone' } : { outcome: 'unavailable', detail: `HTTP ${status}` };
}
