/** What a vendor answered; `unreachable` with the kind of failure. */
export type VendorAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable'; readonly detail: string };

const TIMEOUT_MILLISECONDS = 10_000;

/** One request to a vendor or to the engine itself, without a retry. Details hold no text of the request. */
export async function askVendor(url: string, headers: Readonly<Record<string, string>>, method: 'GET' | 'POST' = 'GET'): Promise<VendorAnswer> {
  try {
    const response = await fetch(url, { method, headers: { accept: 'application/json', ...headers }, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    const text = await response.text();
    return { kind: 'answer', status: response.status, body: parse(text) };
  } catch (failure) {
    return { kind: 'unreachable', detail: failure instanceof Error && failure.name === 'TimeoutError' ? `no answer in ${TIMEOUT_MILLISECONDS / 1000} s` : 'no connection' };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function twilioHeaders(secret: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { twilio_account_sid: sid = '', twilio_auth_token: token = '' } = secret;
  return { authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}` };
}

export function bearer(key: string | undefined): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key ?? ''}` };
}
