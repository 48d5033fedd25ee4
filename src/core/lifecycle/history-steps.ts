import type { HistoryEntry } from './conversation';

/** The way through the states alone: a receipt that only raised the delivery is an entry, and no step. */
export function stepsOf(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return history.filter(({ delivery, status }, index) => (
    delivery === undefined || history.slice(0, index).findLast(({ event }) => event === undefined)?.status !== status
  ));
}
