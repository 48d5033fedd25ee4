import type { Call, CallAnswer } from './call';

/** Calls of one caller to one operation since the counts were last cleared. */
export interface CallCount {
  /** The function's logical id, or `administrator`. */
  readonly caller: string;
  /** `platform` are calls that AWS makes in the function's name, such as an event source's polling. */
  readonly kind: Call['caller']['kind'];
  readonly service: string;
  readonly operation: string;
  readonly calls: number;
  /** Refused for lack of permission; such calls are counted in `calls` too. */
  readonly denied: number;
  /** Answered with a status of 400 or more, denied ones included. */
  readonly failed: number;
  /** DynamoDB read capacity units, as DynamoDB would bill them on demand. */
  readonly readUnits: number;
  /** DynamoDB write capacity units, those of global secondary indexes included. */
  readonly writeUnits: number;
}

/** Narrows counts; a field that is left out matches all. */
export type CallFilter = Partial<Pick<CallCount, 'caller' | 'kind' | 'service' | 'operation'>>;

/** Counts every call that reaches the AWS endpoint. */
export class CallCounts {
  private readonly counts = new Map<string, CallCount>();

  record(
    call: Pick<Call, 'caller' | 'service' | 'operation'>,
    answer: Pick<CallAnswer, 'status' | 'readUnits' | 'writeUnits'>,
    denied: boolean,
  ): void {
    const caller = call.caller.kind === 'administrator' ? 'administrator' : call.caller.functionLogicalId;
    const key = [caller, call.caller.kind, call.service, call.operation].join('\n');
    const before = this.counts.get(key);
    this.counts.set(key, {
      caller,
      kind: call.caller.kind,
      service: call.service,
      operation: call.operation,
      calls: (before?.calls ?? 0) + 1,
      denied: (before?.denied ?? 0) + (denied ? 1 : 0),
      failed: (before?.failed ?? 0) + (answer.status >= 400 ? 1 : 0),
      readUnits: (before?.readUnits ?? 0) + (answer.readUnits ?? 0),
      writeUnits: (before?.writeUnits ?? 0) + (answer.writeUnits ?? 0),
    });
  }

  /** In the order of each operation's first call. */
  all(filter: CallFilter = {}): readonly CallCount[] {
    return [...this.counts.values()].filter(
      (count) =>
        (filter.caller ?? count.caller) === count.caller &&
        (filter.kind ?? count.kind) === count.kind &&
        (filter.service ?? count.service) === count.service &&
        (filter.operation ?? count.operation) === count.operation,
    );
  }

  /** The sum of one figure over the counts that match. */
  total(figure: 'calls' | 'denied' | 'failed' | 'readUnits' | 'writeUnits', filter: CallFilter = {}): number {
    return this.all(filter).reduce((sum, count) => sum + count[figure], 0);
  }

  clear(): void {
    this.counts.clear();
  }
}
