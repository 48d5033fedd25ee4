import type { Timestamp } from './clock';

/** An alarm of the stage that is in alarm now. */
export interface RaisedAlarm {
  readonly name: string;
  /** Severity, what it says, and where the runbook says what to do. */
  readonly description: string;
  readonly since: Timestamp;
}

/** The port to the stage's alarms. */
export interface Alarms {
  raised(): Promise<readonly RaisedAlarm[]>;
}
