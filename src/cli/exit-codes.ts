/** `failed`: the command said why. `usage`: its words or flags were wrong, and nothing was done. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2 } as const;
