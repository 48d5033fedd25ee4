import type { ChangeStream } from '../core/ports/events';
import type { ChangesPorts, ChangedRecord } from './publish-changes';
import { publishChanges } from './publish-changes';

export interface StreamPorts extends ChangesPorts {
  readonly stream: ChangeStream;
}

/** Milliseconds without a change until one is made, by which a quiet stage is told from a stream that is broken. */
const QUIET = 5 * 60_000;

/**
 * Publishes what the records of a batch of the stream have to tell, and notes that the stream was heard. Answers the
 * place from which it goes on, if not behind the batch.
 */
export async function followStream(
  changes: readonly ChangedRecord[],
  ports: StreamPorts,
): Promise<string | undefined> {
  const failed = await publishChanges(changes, ports);
  const { clock, observer, stream } = ports;
  const moments = changes.map(({ changedAt }) => changedAt);
  if (failed !== undefined || moments.length === 0) return failed;
  try {
    const heard = await stream.heard({ oldest: Math.min(...moments), newest: Math.max(...moments), now: clock.now() });
    if (heard === 'gap') observer.warn('the stream may have left changes out: all records are looked through for them');
  } catch (error) {
    // The batch is published; the next one is noted.
    observer.error('it could not be noted that the stream was heard', error);
  }
  return undefined;
}

/**
 * Each minute: reports how long the stream has been silent, and where it left changes out, publishes what the records
 * themselves have to tell. Goes on from page to page until `finishBy`; the next run goes on from there.
 */
export async function publishMissed(finishBy: number, ports: StreamPorts): Promise<void> {
  const { clock, observer, stream } = ports;
  const { heardAt, gap } = await stream.state();
  const silence = Math.max(0, clock.now() - (heardAt ?? clock.now()));
  observer.duration('StreamSilence', silence);
  if (heardAt === undefined || silence >= QUIET) await stream.beat(clock.now());
  let open = gap;
  while (open && clock.now() < finishBy) {
    const { keys, cursor } = await stream.changedSince(open);
    const changes = keys.map((key, index) => ({ key, changedAt: open?.since ?? 0, place: String(index) }));
    // What could be neither published nor put aside is tried again with its page.
    if ((await publishChanges(changes, ports)) !== undefined) return;
    if (!(await stream.advance(open, cursor))) return;
    if (cursor === undefined) observer.info('all records were looked through for changes that the stream left out');
    open = cursor === undefined ? undefined : { ...open, cursor };
  }
}
