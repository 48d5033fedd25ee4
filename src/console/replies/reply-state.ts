/** A person's reply that may still leave. */
const ON_ITS_WAY: readonly string[] = ['initiated', 'processing', 'composed', 'sending', 'send_unknown'];

export function isOnItsWay(status: string): boolean {
  return ON_ITS_WAY.includes(status);
}

interface Held {
  readonly owner: 'engine' | 'person' | 'nobody';
  readonly takenBy?: string;
  readonly mine: boolean;
  readonly leaving?: string;
}

/** A client's system that has taken a chat over is kept as `client:` with its project. */
const CLIENT = /^client:(.*)$/;

/** Who a stored name is, as others read it. */
export function writerWords(name: string): string {
  const project = CLIENT.exec(name)?.[1];
  return project === undefined ? name : `the client's own system (project ${project})`;
}

/** Who has the chat, in words. */
export function ownerWords({ owner, takenBy, mine }: Held): string {
  if (owner === 'nobody') return 'Nobody: the recipient has opted out';
  if (owner === 'engine') return 'The engine reads it';
  if (mine) return 'You have it';
  return takenBy === undefined ? 'A person is to answer; nobody has it yet' : `${writerWords(takenBy)} has it`;
}

/** Who has a chat of the list; `isKnown`: one without a holder has none. */
export function holderWords(by: string | undefined, own: string, isKnown: boolean): string {
  if (by !== undefined) return by === own ? 'you' : writerWords(by);
  return isKnown ? 'nobody yet' : 'open it to see';
}

/** What the engine may still send in a chat that a person has; undefined where no person has it. */
export function silenceWords({ owner, takenBy, leaving }: Held): string | undefined {
  if (owner !== 'person' || takenBy === undefined) return undefined;
  return leaving === undefined ? 'The engine is silent' : 'One reply is already leaving; nothing of the engine follows it';
}

export type Writable =
  | 'yes'
  /** Nothing was written in the chat yet. */
  | 'no_chat'
  | 'opted_out'
  /** The channel takes free words no more. */
  | 'window_closed'
  /** Somebody else has it, or nobody. */
  | 'not_taken';

/** Whether the person may write now. */
export function writable(
  { thread, writeUntil }: { readonly thread?: Held; readonly writeUntil?: string },
  now: number,
): Writable {
  if (thread === undefined) return 'no_chat';
  if (thread.owner === 'nobody') return 'opted_out';
  if (writeUntil !== undefined && Date.parse(writeUntil) <= now) return 'window_closed';
  return thread.mine ? 'yes' : 'not_taken';
}
