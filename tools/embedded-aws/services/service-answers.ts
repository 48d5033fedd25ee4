import { randomUUID } from 'node:crypto';
import type { CallAnswer } from './call';
import type { ServiceFault } from './service-backend';

/** How one service words the AWS endpoint's refusals: HTTP status, code, and for SQS the code of its older protocol. */
export type FaultWords = Readonly<
  Record<ServiceFault['kind'], { readonly status: number; readonly code: string; readonly queryCode?: string }>
>;

export function jsonAnswer(
  version: '1.0' | '1.1',
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): CallAnswer {
  return {
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  };
}

export function jsonFault(version: '1.0' | '1.1', words: FaultWords, { kind, message }: ServiceFault): CallAnswer {
  const { status, code, queryCode } = words[kind];
  return jsonAnswer(
    version,
    { __type: code, message },
    status,
    queryCode ? { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` } : {},
  );
}

export function queryFault(namespace: string, words: FaultWords, { kind, message }: ServiceFault): CallAnswer {
  const { status, code } = words[kind];
  const error = `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
