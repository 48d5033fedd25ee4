/** How often and how long a request is tried. Times are in milliseconds. */
export interface RetryPolicy {
  /** Sends at most. */
  readonly attempts: number;
  /** Before the second send at most; doubled with each further one. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** From the first send on: no wait ends later. */
  readonly patience: number;
  /** Of one send; API Gateway gives up after 29 s. */
  readonly attemptTimeout: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 5,
  firstDelay: 500,
  longestDelay: 10_000,
  patience: 60_000,
  attemptTimeout: 35_000,
};
