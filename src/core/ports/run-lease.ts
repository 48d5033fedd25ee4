/** The port to a lease that lets one run at a time work. Moments are milliseconds since 1970. */
export interface RunLease {
  /** False while another run holds it. `until`: when the run is over at the latest, however it ends. */
  take(run: { readonly owner: string; readonly now: number; readonly until: number }): Promise<boolean>;
  /** Nothing if another run holds it by now. */
  release(owner: string): Promise<void>;
}
