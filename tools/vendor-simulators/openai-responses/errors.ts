import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';

/** An error in OpenAI's shape. */
export function openAiError(
  status: number,
  error: { readonly message: string; readonly type: string; readonly param?: string; readonly code?: string },
  headers: Readonly<Record<string, string>> = {},
): VendorAnswer {
  const body = {
    error: { message: error.message, type: error.type, param: error.param ?? null, code: error.code ?? null },
  };
  return jsonAnswer(status, body, { 'x-request-id': 'req_simulated', ...headers });
}

export function invalidRequest(message: string, param: string, code: string): VendorAnswer {
  return openAiError(400, { message, type: 'invalid_request_error', param, code });
}

export function wrongKey(key: string): VendorAnswer {
  const masked =
    key.length > 12 ? `${key.slice(0, 7)}${'*'.repeat(key.length - 11)}${key.slice(-4)}` : '*'.repeat(key.length);
  const message = `Incorrect API key provided: ${masked}. You can find your API key at `
    + 'https://platform.openai.com/account/api-keys.';
  return openAiError(401, { message, type: 'invalid_request_error', code: 'invalid_api_key' });
}

export function missingKey(): VendorAnswer {
  const message =
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
      + '(i.e. Authorization: Bearer YOUR_KEY).';
  return openAiError(401, { message, type: 'invalid_request_error' });
}

export function unknownModel(model: string): VendorAnswer {
  return invalidRequest(`The requested model '${model}' does not exist.`, 'model', 'model_not_found');
}

export function rateLimited(model: string, retryAfterSeconds: number): VendorAnswer {
  const message =
    `Rate limit reached for ${model} in organization org-simulated on requests per min (RPM): Limit 500, Used 500, `
    + 'Requested 1. ' +
    `Please try again in ${retryAfterSeconds}s. Visit https://platform.openai.com/account/rate-limits to learn more.`;
  return openAiError(429, { message, type: 'requests', code: 'rate_limit_exceeded' }, {
    'retry-after': String(retryAfterSeconds),
    'x-ratelimit-limit-requests': '500',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': `${retryAfterSeconds}s`,
  });
}

export function quotaUsedUp(): VendorAnswer {
  const message =
    'You exceeded your current quota, please check your plan and billing details. ' +
    'For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.';
  return openAiError(429, { message, type: 'insufficient_quota', code: 'credit_balance_exhausted' });
}

export function overloaded(): VendorAnswer {
  return openAiError(503, {
    message: 'The server is currently overloaded. Please try again later.',
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
  });
}

export function serverError(): VendorAnswer {
  return openAiError(500, {
    message: 'The server had an error while processing your request. Sorry about that!',
    type: 'server_error',
  });
}
