/** What a failed invocation answers, in the words and fields of Lambda. */
export interface RuntimeFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** From the embedded cloud to a function's process: one event to work. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** Milliseconds since 1970 at which Lambda would end the process. */
  readonly deadline: number;
  /** JSON text. */
  readonly event: string;
}

/** From a function's process to the embedded cloud. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly failure: RuntimeFailure }
  | ({ readonly kind: 'answered'; readonly requestId: string; readonly payload: string } & ProcessUse)
  /** `isEnding`: the process ends after this message. */
  | ({
    readonly kind: 'failed';
    readonly requestId: string;
    readonly failure: RuntimeFailure;
    readonly isEnding: boolean;
  } & ProcessUse);

/** What a process reports of itself at an invocation's end. */
interface ProcessUse {
  /** Memory that it holds. */
  readonly residentBytes: number;
  /** Processor time that the invocation took, on all threads. */
  readonly cpuMicroseconds: number;
}

/** To the orphan guard: a function's process that has started or ended, by its process id. */
export interface GuardMessage {
  readonly started?: number;
  readonly ended?: number;
}

/** Closes the lines that an invocation wrote to a stream: pipe and message channel do not keep each other's order. */
export function endOfLines(requestId: string): string {
  return `\u0000end of ${requestId}`;
}
