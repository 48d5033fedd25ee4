/** An item of a table as plain values. */
export type Item = Readonly<Record<string, unknown>>;
