import type { ConversationKey } from '../../../src/core/lifecycle/conversation';
import { entriesOf } from '../../../src/events/entries';
import { eventIdentifier } from '../../../src/events/identifier';
import type { WatchedRecord } from '../../../src/events/watched-record';
import type { LoggedEvent } from '../../../src/core/events/client-event';
import type { Endpoint } from '../../../src/core/events/endpoint';

/** Every change that clients learn of was published, in its record's order, and taken by each endpoint that takes. */
export function judgeEvents(run: {
  readonly keys: readonly ConversationKey[];
  readonly find: (key: ConversationKey) => WatchedRecord | undefined;
  readonly logged: readonly LoggedEvent[];
  readonly endpoints: readonly Endpoint[];
  readonly taken: ReadonlyMap<string, readonly string[]>;
}, blame: (words: string) => void): void {
  const published = run.logged.map(({ event }) => event.id);
  for (const key of run.keys) {
    const record = run.find(key);
    if (!record) continue;
    const wanted = entriesOf(record).flatMap(({ identity, drafts }) => (
      drafts.map((_draft, index) => eventIdentifier(nameOf(record), index === 0 ? identity : `${identity}#${index}`))
    ));
    judgeOrder(wanted, published, `the events of a ${record.kind} were`, ['not all published', 'published in another order'], blame);
    for (const { id, state } of run.endpoints) {
      if (state.disabled_at !== undefined) continue;
      const took = run.taken.get(id) ?? [];
      judgeOrder(wanted, took, `the events of a ${record.kind} were`, ['not all taken', 'delivered in another order'], blame);
    }
  }
}

function judgeOrder(
  wanted: readonly string[],
  found: readonly string[],
  what: string,
  [missing, turned]: readonly [string, string],
  blame: (words: string) => void,
): void {
  const places = wanted.map((id) => found.indexOf(id));
  if (places.includes(-1)) blame(`${what} ${missing}`);
  else if (places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0))) blame(`${what} ${turned}`);
}

function nameOf(record: WatchedRecord): string {
  switch (record.kind) {
    case 'conversation': return `conversation#${record.conversation.conversation_id}`;
    case 'thread': return `thread#${record.thread}`;
    case 'reply': return `reply#${record.thread}`;
    case 'opt_out': return 'opt-out';
  }
}
