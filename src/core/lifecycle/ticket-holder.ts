/** Whose reply is to leave, and under which state of the thread it was made. */
export type TicketHolder =
  /** `sequence`: of a card with which the engine hands the thread over; a newer message takes its right to leave. */
  | { readonly owner: 'person'; readonly epoch: number; readonly sequence?: number | undefined }
  /** For the burst up to this position: a newer message takes its right to leave. */
  | { readonly owner: 'engine'; readonly epoch: number; readonly sequence: number };

/** False if the thread has changed so that the holder's reply may not leave any more. */
export function mayStillLeave(holder: TicketHolder, thread: {
  readonly owner: string;
  readonly epoch: number;
  readonly sequence: number;
}): boolean {
  return thread.owner === holder.owner
    && thread.epoch === holder.epoch
    && (holder.sequence === undefined || thread.sequence === holder.sequence);
}
