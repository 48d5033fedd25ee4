/** What the client reaches the world by; a test brings its own. */
export interface ClientWorld {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  /** UUID v4 in lower case. */
  readonly newIdentifier: () => string;
}

/** Of Node.js and browsers alike. */
export const REAL_WORLD: ClientWorld = {
  fetch: async (request) => fetch(request),
  now: () => Date.now(),
  sleep: async (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }),
  random: () => Math.random(),
  newIdentifier: () => crypto.randomUUID(),
};
