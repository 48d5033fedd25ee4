export interface ThrottleDefinition {
  /** Requests a second in the long run. */
  readonly rateLimit: number;
  /** Requests that may come at once. */
  readonly burstLimit: number;
}

/** API Gateway's token bucket: full at first, one token a request, refilled steadily. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(private readonly throttle: ThrottleDefinition, private readonly now: () => number) {
    this.tokens = throttle.burstLimit;
    this.filledAt = now();
  }

  /** False if the bucket is empty: the request is one too many. */
  take(): boolean {
    const now = this.now();
    this.tokens = Math.min(
      this.throttle.burstLimit,
      this.tokens + ((now - this.filledAt) / 1000) * this.throttle.rateLimit,
    );
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
