/** Why an endpoint gave no answer. */
export const TRANSPORT_FAILURES = [
  'timeout', 'no_address', 'address_not_public', 'tls', 'connection', 'url_not_allowed',
] as const;
export type TransportFailure = (typeof TRANSPORT_FAILURES)[number];

/** Redirects are answers: nothing follows them. */
export type TransportAnswer =
  | { readonly outcome: 'answered'; readonly status: number }
  | { readonly outcome: 'failed'; readonly why: TransportFailure };

/** The port to endpoints on the internet. Answers every failure, and never throws. */
export interface EventTransport {
  post(request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): Promise<TransportAnswer>;
}
