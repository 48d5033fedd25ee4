import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { RefusalCode } from '../core/contract/refusal';

/** What API Gateway refuses by itself, in the contract's words. */
interface GatewayRefusal {
  readonly type: ResponseType;
  /** Absent: the status that API Gateway gives. */
  readonly status?: number;
  readonly code: RefusalCode | 'NOT_FOUND';
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

const FORBIDDEN = { status: 403, code: 'FORBIDDEN', message: 'Forbidden' } as const;
const NOT_FOUND = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is no such endpoint. Send POST /initiate-conversation.',
} as const;

const REFUSALS: readonly GatewayRefusal[] = [
  // Of a missing and of an unknown key alike.
  { type: ResponseType.INVALID_API_KEY, ...FORBIDDEN },
  { type: ResponseType.ACCESS_DENIED, ...FORBIDDEN },
  { type: ResponseType.WAF_FILTERED, ...FORBIDDEN },
  // So API Gateway names an unknown path or method.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, ...NOT_FOUND },
  { type: ResponseType.RESOURCE_NOT_FOUND, ...NOT_FOUND },
  // The rate renews every second.
  {
    type: ResponseType.THROTTLED,
    status: 429,
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'Too many requests. Send the request again later.',
    retryAfterSeconds: 1,
  },
  // The usage plan has no quota; where an operator adds one, an hour is an honest guess.
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'The quota of this key is used up.',
    retryAfterSeconds: 3600,
  },
  // Above 10 MB nothing reaches the router. Its own, far lower limit gives the same answer; API Gateway itself cannot
  // be set to a lower one.
  { type: ResponseType.REQUEST_TOO_LARGE, status: 400, code: 'PAYLOAD_TOO_LARGE', message: 'The body is too large.' },
  { type: ResponseType.DEFAULT_4XX, code: 'INVALID_REQUEST', message: 'The request could not be read.' },
  {
    type: ResponseType.DEFAULT_5XX,
    status: 500,
    code: 'INTERNAL_ERROR',
    message: 'The request could not be processed. Send it again: the same request_id makes that safe.',
  },
];

/** Answers each refusal of API Gateway with the contract's body, readable from the stage's allowed origins. */
export function answerRefusals(api: RestApi, allowedOrigins: readonly string[]): void {
  for (const { type, status, code, message, retryAfterSeconds } of REFUSALS) {
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status !== undefined && { statusCode: String(status) }),
      responseHeaders: {
        'Access-Control-Allow-Origin': allowedOrigin(allowedOrigins),
        'Access-Control-Expose-Headers': "'Retry-After'",
        ...(retryAfterSeconds !== undefined && { 'Retry-After': `'${retryAfterSeconds}'` }),
      },
      templates: {
        'application/json': JSON.stringify({ status: 'error', error_code: code, message, request_id: 'unknown' }),
      },
    });
  }
}

/**
 * A gateway response knows only fixed texts and parts of the request. So where several origins are allowed it names
 * the one that asks, be it one of them or not: all that a foreign page can read so are the constants above.
 */
function allowedOrigin(origins: readonly string[]): string {
  const [only, ...others] = origins;
  return only === undefined || others.length > 0 ? 'method.request.header.Origin' : `'${only}'`;
}
