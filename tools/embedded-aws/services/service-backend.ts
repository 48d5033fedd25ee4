import type { AccessNeed } from '../permissions/access-need';
import type { CallAnswer } from './call';

/** A call on its way to a service: signed, its operation and parameters read. */
export interface ServiceRequest {
  readonly operation: string;
  /** Parsed JSON, or the form's fields for the query protocol. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  /** Path with query string. */
  readonly path: string;
  /** Aborted when the client has gone away. */
  readonly signal: AbortSignal;
}

/** Why the AWS endpoint itself refuses a call; the backend gives it the shape and status of its protocol. */
export interface ServiceFault {
  readonly kind: 'access-denied' | 'unknown-key' | 'wrong-region' | 'internal' | 'unknown-operation' | 'malformed';
  readonly message: string;
}

/** One AWS service behind the AWS endpoint. */
export interface ServiceBackend {
  /** Name in the signature's credential scope, for example `sqs`. */
  readonly service: string;
  /**
   * How a request names its operation: a header (JSON protocols), a form field (query protocol), or method and path
   * (REST).
   */
  readonly protocol: 'json' | 'query' | 'rest';
  /** Needed for `rest`; undefined answers "no such operation". */
  operationOf?(method: string, path: string): string | undefined;
  /** The permissions that the call needs; undefined for an operation that the service does not have. */
  needs(request: ServiceRequest): readonly AccessNeed[] | undefined;
  perform(request: ServiceRequest): Promise<CallAnswer>;
  fault(fault: ServiceFault): CallAnswer;
}
