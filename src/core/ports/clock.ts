/** A moment in UTC as ISO 8601 with milliseconds and `Z`, so that comparing as text compares in time. */
export type Timestamp = string;

/** The only source of time for router and processor, so that tests and the simulation can move it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Resolves after this many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export function timestamp(milliseconds: number): Timestamp {
  return new Date(milliseconds).toISOString();
}
