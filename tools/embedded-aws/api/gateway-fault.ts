import type { ApiKey } from './api-keys';

/** The refusals of API Gateway that can happen here: default status and `x-amzn-ErrorType`. */
export const GATEWAY_RESPONSES = {
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException' },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException' },
  // Alone for what a function answers that cannot be read.
  DEFAULT_5XX: { status: 502, errorType: 'InternalServerErrorException' },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException' },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: 'MissingAuthenticationTokenException' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException' },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException' },
} as const;

export type GatewayResponseType = keyof typeof GATEWAY_RESPONSES;

export interface GatewayFaultOptions {
  /** Where API Gateway answers another status than the type's own unless the stack sets one. */
  readonly status?: number;
  readonly validationErrors?: readonly string[];
  /** What went wrong behind it, for the access log only. */
  readonly integrationError?: string;
  /** The key of a request that came too often. */
  readonly apiKey?: ApiKey;
}

/** API Gateway itself refuses a request; it is answered by the gateway response of its type. */
export class GatewayFault extends Error {
  constructor(readonly responseType: GatewayResponseType, message: string, readonly options: GatewayFaultOptions = {}) {
    super(message);
    this.name = 'GatewayFault';
  }
}
