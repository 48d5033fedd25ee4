/** Whose reply is to leave, and under which state of the thread it was made. */
export type TicketHolder =
  /**
   * `sequence`: of a card with which the engine hands the thread over; a newer message takes its right to leave. `by`:
   * who wrote their own words, which keep that right until somebody else takes the thread.
   */
  | {
    readonly owner: 'person'; readonly epoch: number; readonly sequence?: number | undefined; readonly by?: string;
  }
  /** For the burst up to this position: a newer message takes its right to leave. */
  | { readonly owner: 'engine'; readonly epoch: number; readonly sequence: number; readonly by?: undefined };
