/** By what a call may be made: a key, or the role of the function that makes it. */
export type ModelCredential = { readonly kind: 'key'; readonly apiKey: string } | { readonly kind: 'role' };

/** One call: fill these variables from these facts. */
export interface FillRequest {
  readonly access: ModelCredential;
  readonly model: string;
  /** The company's and the engine's instructions; never holds text of a request. */
  readonly instructions: string;
  /** The facts as one JSON block, passed apart from the instructions: data, never instructions. */
  readonly facts: string;
  /** Strict JSON schema: exactly the variables that the model fills. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** For the one repair: what was answered before and why it was refused, by variable. */
  readonly repair?: Readonly<Record<string, { readonly value: string; readonly reason: string }>>;
  /** Tokens that the answer may have, what the model thinks included. */
  readonly maxOutputTokens: number;
  /** How long a model that thinks may think; absent: the vendor's default. */
  readonly reasoningEffort?: string | undefined;
  /** What is said before the repair's data: the adapter has no words of its own. */
  readonly repairInstructions?: string;
  /** Milliseconds for this call, its retries included. */
  readonly timeBudgetMilliseconds: number;
  /** Asked before each request to the vendor, repeated ones too. */
  readonly calls: ModelAllowance;
}

/** How often the vendor may still be asked. */
export interface ModelAllowance {
  /** Counts one request before it is made; false: it may not be made. */
  take(): Promise<boolean>;
  /** The vendor certainly did not run the model for the request that was counted last. */
  giveBack(): void;
  /** The request that was counted last was answered, and cost so much. */
  answered(usage: TokenUsage): void;
}

export interface TokenUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** What a model made of the call. Refusals and truncated answers are answers (and paid for); outages are not. */
export type FillResult =
  | { readonly outcome: 'values'; readonly values: Readonly<Record<string, unknown>>; readonly usage: TokenUsage }
  | { readonly outcome: 'refused' | 'truncated' | 'filtered' | 'unreadable'; readonly usage: TokenUsage }
  | { readonly outcome: 'unavailable'; readonly retryAfterSeconds?: number }
  /** No request may be made any more. */
  | { readonly outcome: 'not_allowed' }
  /** The key, its quota or the model's name is wrong: only an operator can help. */
  | { readonly outcome: 'misconfigured'; readonly code: string };

/** The port to a model. Answers every failure as a result and throws only for bugs. */
export interface LanguageModel {
  fill(request: FillRequest): Promise<FillResult>;
}
