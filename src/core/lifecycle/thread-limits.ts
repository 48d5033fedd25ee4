export const TURN_LIMITS = {
  /** Understandings of one thread in a day (UTC). */
  understandingsPerDay: 24,
  /** Milliseconds for which a worker holds a burst: as long as its function may run. */
  lease: 60_000,
  /** Milliseconds for which the model may be away before a person sees the burst. */
  modelAway: 2 * 60_000,
  /** Milliseconds after which the reconciler looks at a burst that is due. */
  reconcileAfter: 60_000,
  /** Messages that a thread knows as read: more than come in late while a vendor repeats its calls. */
  knownAsRead: 40,
  /** Conversations of a thread whose answers are expected at once: the newest. */
  expecting: 5,
} as const;
