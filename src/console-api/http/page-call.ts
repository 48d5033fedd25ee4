/** A call of a browser as the API hands it over. */
export interface PageCall {
  readonly method: string;
  /** As the browser wrote it, encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Of the console itself, from the request's context: `https://…`, without a slash at the end. */
  readonly origin: string;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly cookies?: readonly string[];
}

/** What went wrong, as the page shows it: what was attempted, what is wrong, what to do next. */
export interface ApiFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A use case of the API ends with such a fault. */
export class ApiError extends Error {
  constructor(readonly fault: ApiFault) {
    super(fault.message);
  }
}

export function json(status: number, body: object, cookies: readonly string[] = []): PageAnswer {
  return {
    status,
    headers: { ...SECURITY, 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
    cookies,
  };
}

export function redirect(location: string, cookies: readonly string[] = []): PageAnswer {
  return { status: 303, headers: { ...SECURITY, location, 'cache-control': 'no-store' }, body: '', cookies };
}

/** What every answer carries. The page loads from this address alone and runs no text as a script. */
export const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'strict-transport-security': 'max-age=31536000',
};
