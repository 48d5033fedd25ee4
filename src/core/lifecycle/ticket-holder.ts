/** Whose reply is to leave, and under which state of the thread it was made. */
export type TicketHolder =
  | { readonly owner: 'person'; readonly epoch: number }
  /** For the burst up to this position: a newer message takes its right to leave. */
  | { readonly owner: 'engine'; readonly epoch: number; readonly sequence: number };
