import type { OldEnvironment } from './old-environment';

/** What a step has to remember for its repetition and its undo; kept in the journal as JSON. */
export type Notes = Readonly<Record<string, unknown>>;

/**
 * One step of a takeover. A step may be run again after a failure anywhere in it: what is done already is found as
 * done. `prepare` reads what `run` is about to change; its notes are stored before `run` changes anything.
 */
export interface Step {
  readonly id: string;
  /** What it does, verb first. */
  readonly title: string;
  /** What its undo does; undefined if nothing has to be undone. */
  readonly undoTitle?: string;
  /** Why it cannot be run now and what to do; checked right before it is run. */
  readonly blocker?: () => Promise<string | undefined>;
  readonly prepare?: () => Promise<Notes>;
  /** Returns what to show beside the step. */
  readonly run: (notes: Notes) => Promise<string>;
  readonly undo?: (notes: Notes) => Promise<string>;
  /** Why it cannot be undone, and the way back from there. */
  readonly noUndo?: string;
}

export interface StepRecord {
  readonly state: 'started' | 'done';
  readonly notes: Notes;
  /** What was shown when it was done. */
  readonly result: string;
}

/** What survives the machine that a takeover runs on: its steps' records, and the lock. */
export interface Journal {
  /** The environment that is taken over; undefined if no takeover of the stage was ever started. */
  open(): Promise<OldEnvironment | undefined>;
  create(environment: OldEnvironment): Promise<void>;
  records(): Promise<ReadonlyMap<string, StepRecord>>;
  write(id: string, record: StepRecord): Promise<void>;
  erase(id: string): Promise<void>;
  /** Holds the lock for some minutes. Returns who else holds it; undefined if it is ours now. */
  lock(owner: string): Promise<LockHolder | undefined>;
  unlock(owner: string): Promise<void>;
}

export interface LockHolder {
  readonly owner: string;
  /** When it expires unless it is renewed; ISO 8601. */
  readonly until: string;
}
