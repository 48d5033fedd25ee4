/** Whose reply is to leave, and under which state of the thread it was made. */
export type TicketHolder =
  /**
   * `sequence`: of a card with which the engine hands the thread over; a newer message takes its right to leave. `by`:
   * who wrote their own words, which keep that right when they give the thread back.
   */
  | {
    readonly owner: 'person'; readonly epoch: number; readonly sequence?: number | undefined; readonly by?: string;
  }
  /** For the burst up to this position: a newer message takes its right to leave. */
  | { readonly owner: 'engine'; readonly epoch: number; readonly sequence: number; readonly by?: undefined };

/** The state of a thread, as far as it decides which reply may leave. */
export interface Tenure {
  readonly owner: string;
  readonly epoch: number;
  /** Absent: any. */
  readonly sequence?: number | undefined;
}

/** The states of its thread in which a reply may leave. */
export function tenuresOf({ owner, epoch, sequence, by }: TicketHolder): readonly Tenure[] {
  return [{ owner, epoch, sequence }, ...(by === undefined ? [] : [{ owner: 'engine', epoch: epoch + 1 }])];
}

/** False if the thread has changed so that the holder's reply may not leave any more. */
export function mayStillLeave(holder: TicketHolder, thread: Required<Tenure>): boolean {
  return tenuresOf(holder).some(({ owner, epoch, sequence }) => (
    thread.owner === owner && thread.epoch === epoch && (sequence === undefined || thread.sequence === sequence)
  ));
}
