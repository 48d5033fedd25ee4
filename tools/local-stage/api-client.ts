
/** An answer of the API as a client sees it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a request as a backend team would. `body` is sent as it is if it is text. */
export async function postRequest(url: string, apiKey: string | undefined, body: unknown): Promise<ApiAnswer> {
  const response = await fetch(`${url}/initiate-conversation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: parseAnswer(await response.text()) };
}

export function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Asks what became of a request, as a backend team would. `query` begins with `?` where there is one. */
export async function readConversation(
  url: string,
  apiKey: string | undefined,
  conversationId: string,
  query = '',
): Promise<ApiAnswer> {
  const response = await fetch(`${url}/conversations/${encodeURIComponent(conversationId)}${query}`, {
    headers: apiKey === undefined ? {} : { 'x-api-key': apiKey },
  });
  return { status: response.status, headers: response.headers, body: parseAnswer(await response.text()) };
}
