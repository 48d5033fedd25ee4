/** Who is subscribed to the alarms' topic. */
export type AlarmSubscribers =
  | { readonly topic: 'missing' }
  | { readonly topic: 'there'; readonly confirmed: number; readonly unconfirmed: number };

/** The port to a stage's resources as a whole. */
export interface StageProbe {
  /** `local`: it runs on this machine, without a stack and without accounts. */
  readonly kind: 'local' | 'deployed';
  /** ARN of the caller; undefined where it is not said. */
  caller(): Promise<string | undefined>;
  /** Undefined if there is no such stack. */
  stackStatus(): Promise<string | undefined>;
  tableStatus(table: string): Promise<string | undefined>;
  hasQueue(queue: string): Promise<boolean>;
  alarmSubscribers(): Promise<AlarmSubscribers>;
  /** Public base URL of the engine, without a slash at the end. */
  apiUrl(): Promise<string>;
}
