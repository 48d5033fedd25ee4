import type { ApiAnswer } from './post-request';
import { parseAnswer } from './post-request';

/** Asks what became of a request, as a backend team would. `query` begins with `?` where there is one. */
export async function readConversation(url: string, apiKey: string | undefined, conversationId: string, query = ''): Promise<ApiAnswer> {
  const response = await fetch(`${url}/conversations/${encodeURIComponent(conversationId)}${query}`, {
    headers: apiKey === undefined ? {} : { 'x-api-key': apiKey },
  });
  return { status: response.status, headers: response.headers, body: parseAnswer(await response.text()) };
}
