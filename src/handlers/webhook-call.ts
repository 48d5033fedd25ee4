import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { WebhookCall } from '../core/ports/receipt';
import { WEBHOOK_QUERY } from '../core/contract/webhook-query';

type Parameters = ReadonlyArray<readonly [name: string, value: string]>;

/**
 * A vendor's call as it was made. Its address is the base URL that the stack knows and the route, never what the
 * request says of its host: so a signature counts only for this very API. API Gateway hands over the query decoded and
 * in no order, hence each spelling that may have been called: in the engine's own order or in the event's, with spaces
 * as `+` or as `%20`. All of them ask the same, whichever was signed.
 */
export function webhookCall(event: APIGatewayProxyEvent, baseUrl: string): WebhookCall {
  const given = Object.entries(event.multiValueQueryStringParameters ?? {})
    .flatMap(([name, values]) => (values ?? []).map((value) => [name, value] as const));
  const address = `${baseUrl}${event.resource}`;
  const urls = [inOurOrder(given), given].flatMap((query) =>
    [formEncoded, percentEncoded].map((encode) => spelled(address, encode(query))),
  );
  return {
    urls: [...new Set(urls)],
    query: Object.fromEntries(given),
    headers: Object.fromEntries(
      Object.entries(event.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name.toLowerCase(), value]],
      ),
    ),
    ...(event.isBase64Encoded ? binaryBody(event.body ?? '') : { body: event.body ?? '' }),
  };
}

/** Handed over as base64 where the API declares the media type to be binary, as a mail is. */
function binaryBody(base64: string): Pick<WebhookCall, 'body' | 'bytes'> {
  const bytes = Buffer.from(base64, 'base64');
  return { body: bytes.toString('utf8'), bytes };
}

/** What the engine does not know stands last, as Twilio appends it. */
function inOurOrder(query: Parameters): Parameters {
  const known: readonly string[] = Object.values(WEBHOOK_QUERY);
  const place = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return [...query].sort(([one], [other]) => place(one) - place(other));
}

function formEncoded(query: Parameters): string {
  return new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
}

function percentEncoded(query: Parameters): string {
  return query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}

function spelled(address: string, query: string): string {
  return query === '' ? address : `${address}?${query}`;
}
