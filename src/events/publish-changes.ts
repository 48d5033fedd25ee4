import type { LoggedEvent } from '../core/events/client-event';
import { conditionOf, takesProject } from '../core/events/endpoint';
import type { ConversationKey } from '../core/lifecycle/conversation';
import { timestamp } from '../core/ports/clock';
import type { DeliveryQueue, Endpoints, LeftOutRecords } from '../core/ports/events';
import type { Observer } from '../core/ports/observer';
import type { Published, PublishPorts } from './publish-record';
import { publishRecord } from './publish-record';
import { kindOf } from './watched-record';

/** A record that the stream names: when it changed, and the place in the stream. */
export interface ChangedRecord {
  readonly key: ConversationKey;
  readonly changedAt: number;
  readonly place: string;
}

export interface ChangesPorts extends PublishPorts {
  readonly endpoints: Pick<Endpoints, 'list'>;
  readonly queue: DeliveryQueue;
  readonly leftOut: Pick<LeftOutRecords, 'add'>;
  readonly observer: Observer;
}

/** Records that are published at once: they wait for the database nearly all the time. */
const TOGETHER = 10;
/** Milliseconds until a record that failed has its next turn. */
export const RETRY_AFTER = 60_000;
/** Seconds after which what was published is settled and can be delivered. */
const SETTLED_SECONDS = 1;

/**
 * Publishes what the records of a batch have to tell. Answers the place of the first whose events neither could be
 * published nor put aside: the stream goes on from there.
 */
export async function publishChanges(
  changes: readonly ChangedRecord[],
  ports: ChangesPorts,
): Promise<string | undefined> {
  const published: Published[] = [];
  const failed = new Set<ChangedRecord>();
  const aside = async (change: ChangedRecord, error: unknown) => {
    ports.observer.error('the events of a record could not be published', error, { kind: kindOf(change.key) ?? '' });
    if (!(await putAside(change, ports))) failed.add(change);
  };
  const wanted = newestOfEach(changes.filter(({ key }) => kindOf(key)));
  const done = await eachOf(wanted, async (change) => {
    const made = await publishRecord(change.key, change.changedAt, ports);
    published.push(made);
    return { change, settle: made.settle };
  }, aside);
  await callEndpoints(published.flatMap(({ events }) => events), ports);
  await eachOf(done, async ({ settle }) => settle(), async ({ change }, error) => aside(change, error));
  const events = published.reduce((sum, one) => sum + one.events.length, 0);
  if (events > 0) ports.observer.count('EventPublished', {}, events);
  return changes.find((change) => [...failed].some(({ key }) => isSame(key, change.key)))?.place;
}

/** A few at once; one that fails holds up no other. */
async function eachOf<One, Done>(
  all: readonly One[],
  work: (one: One) => Promise<Done>,
  fails: (one: One, error: unknown) => Promise<void>,
): Promise<readonly Done[]> {
  const waiting = all.values();
  const done: Done[] = [];
  const worker = async () => {
    for (const one of waiting) {
      try {
        done.push(await work(one));
      } catch (error) {
        await fails(one, error);
      }
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  return done;
}

/** One wake-up of a record is as good as ten; the first tells when its news began. */
function newestOfEach(changes: readonly ChangedRecord[]): readonly ChangedRecord[] {
  return changes.filter((change, index) => changes.findIndex(({ key }) => isSame(key, change.key)) === index);
}

function isSame(one: ConversationKey, other: ConversationKey): boolean {
  return one.primary_channel === other.primary_channel && one.conversation_id === other.conversation_id;
}

async function putAside(change: ChangedRecord, { leftOut, observer, clock }: ChangesPorts): Promise<boolean> {
  try {
    await leftOut.add(change, timestamp(clock.now() + RETRY_AFTER));
    observer.count('EventLeftOut');
    return true;
  } catch {
    return false;
  }
}

/** An endpoint that waits is called by its own schedule. */
export async function callEndpoints(
  published: readonly LoggedEvent[],
  { endpoints, queue }: Pick<ChangesPorts, 'endpoints' | 'queue'>,
): Promise<void> {
  const companies = [...new Set(published.map(({ event }) => event.company_id))];
  await Promise.all(companies.map(async (company) => {
    const own = published.filter(({ event }) => event.company_id === company);
    const wanting = (await endpoints.list(company)).filter((endpoint) => (
      conditionOf(endpoint) === 'working' && own.some(({ event }) => takesProject(endpoint, event.project_id))
    ));
    for (const { id } of wanting) await queue.call({ company, endpoint: id, delaySeconds: SETTLED_SECONDS });
  }));
}
