/**
 * Who made a call: a function's own code, the platform in a function's name (its queue poller, its logs), or an
 * operator.
 */
export type Caller =
  | {
    readonly kind: 'function' | 'platform';
    readonly functionLogicalId: string;
    readonly functionName: string;
    readonly roleArn: string;
  }
  | { readonly kind: 'administrator' };

/** One call as it reaches the AWS endpoint. */
export interface Call {
  /** Counts up from 1 with each call that the AWS endpoint accepted. */
  readonly sequence: number;
  readonly caller: Caller;
  /** Name in the signature's credential scope, for example `dynamodb`. */
  readonly service: string;
  /** The API's operation, for example `PutItem`. */
  readonly operation: string;
  /** ARNs (or `*`) that the call touches, as permissions see them. */
  readonly resources: readonly string[];
  /** The call's parsed parameters; may hold personal data, so never log them. */
  readonly input: unknown;
}

/** What a service answered. Units are DynamoDB capacity units, 0 for other services. */
export interface CallAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly readUnits?: number;
  readonly writeUnits?: number;
}

/**
 * What to do with a call or its answer: let it pass; cut the connection without an answer (`drop-response`); answer
 * with the service's own internal error (`refuse`). Before a call the latter two keep it from having any effect; after
 * it, the effect stays and only the answer is lost.
 */
export type CallVerdict = 'pass' | 'drop-response' | 'refuse';

/** Test code that injects faults; each part may be left out. */
export interface CallHook {
  beforeCall?(call: Call): CallVerdict | Promise<CallVerdict>;
  afterCall?(call: Call, answer: CallAnswer): CallVerdict | Promise<CallVerdict>;
}
