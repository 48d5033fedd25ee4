import type { HttpAnswer } from '../openapi/documented-answers';
import { DocumentedAnswers } from '../openapi/documented-answers';
import { expectThat } from './run-checks';

const documented = new DocumentedAnswers();

export async function call(
  url: string,
  method: string,
  path: string,
  init: Omit<RequestInit, 'method'> = {},
): Promise<HttpAnswer> {
  const response = await fetch(`${url}${path}`, {
    ...init,
    method: method.toUpperCase(),
    signal: AbortSignal.timeout(35_000),
  });
  return { status: response.status, headers: new Map(response.headers), body: await response.text() };
}

/**
 * An answer must have this status and code, and be as the API's document says. What stands between may add headers of
 * its own.
 */
export function expectAnswer(
  answer: HttpAnswer,
  expected: { readonly method: string; readonly path: string; readonly status: number; readonly code?: string },
): void {
  const { method, path, status, code } = expected;
  const told = /"error_code":\s*"(\w+)"/.exec(answer.body)?.[1];
  expectThat(
    answer.status === status && told === code,
    `${method.toUpperCase()} ${path} was answered with ${answer.status} ${told ?? ''} instead of ${status} `
      + `${code ?? ''}.`,
  );
  const differences = documented
    .differences(method, path, answer)
    .filter((difference) => !difference.startsWith('The header'));
  expectThat(
    differences.length === 0,
    `The answer ${status} ${code ?? ''} is not as documented: ${differences.join(' ')}`,
  );
}
