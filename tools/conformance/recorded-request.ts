/** The vendors whose requests are judged. */
export const VENDORS = ['twilio', 'sendgrid', 'openai'] as const;
export type Vendor = (typeof VENDORS)[number];

/** One request of an adapter, as it left. */
export interface RecordedRequest {
  readonly vendor: Vendor;
  /** What the adapter was asked for. */
  readonly purpose: string;
  readonly method: string;
  /** At the vendor's own host. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one parameter of a request is worth by the vendor's document; `fault` never holds the value. */
export interface Verdict {
  /** Where it stands and what it is called: `query To`, `body content[0].value`. */
  readonly parameter: string;
  readonly fault?: string;
}

export interface JudgedRequest {
  readonly request: RecordedRequest;
  /** The path as the document writes it; absent where no document has it. */
  readonly path?: string;
  readonly verdicts: readonly Verdict[];
}

export function faultsOf({ verdicts }: JudgedRequest): readonly Verdict[] {
  return verdicts.filter(({ fault }) => fault !== undefined);
}
