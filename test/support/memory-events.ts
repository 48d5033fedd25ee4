import type { LoggedEvent } from '../../src/core/events/client-event';
import type { Endpoint, EndpointState } from '../../src/core/events/endpoint';
import { nextOfHeld } from '../../src/core/events/endpoint';
import type {
  DeliveryNote, DueLeftOutRecord, EndpointLease, EndpointPause, EndpointProgress, Endpoints, EventLog, LeftOutRecord,
  LeftOutRecords, Watermark,
} from '../../src/core/ports/events';

/** Events of all companies in memory, with the semantics of the DynamoDB adapter. */
export class MemoryEventLog implements EventLog {
  private readonly watermarks = new Map<string, Watermark>();
  private readonly events = new Map<string, LoggedEvent>();

  watermark(record: string): Promise<Watermark | undefined> {
    return Promise.resolve(this.watermarks.get(record));
  }

  advance(record: string, from: Watermark | undefined, to: Watermark): Promise<boolean> {
    if (this.watermarks.get(record)?.position !== from?.position) return Promise.resolve(false);
    this.watermarks.set(record, to);
    return Promise.resolve(true);
  }

  append(logged: LoggedEvent): Promise<void> {
    this.events.set(logged.position, logged);
    return Promise.resolve();
  }

  after({ company, position, until, limit }: Parameters<EventLog['after']>[0]): Promise<readonly LoggedEvent[]> {
    return Promise.resolve(this.all().filter(({ position: at, event }) => (
      event.company_id === company && at > position && at <= until
    )).slice(0, limit));
  }

  at(company: string, position: string): Promise<LoggedEvent | undefined> {
    const found = this.events.get(position);
    return Promise.resolve(found?.event.company_id === company ? found : undefined);
  }

  find(company: string, id: string): Promise<LoggedEvent | undefined> {
    return Promise.resolve(this.all().find(({ event }) => event.company_id === company && event.id === id));
  }

  /** In their order. */
  all(): readonly LoggedEvent[] {
    return [...this.events.values()].sort((one, other) => (one.position < other.position ? -1 : 1));
  }
}

/** Endpoints in memory, with the conditions of the DynamoDB adapter. */
export class MemoryEndpoints implements Endpoints {
  private readonly endpoints = new Map<string, Endpoint>();

  find(_company: string, id: string): Promise<Endpoint | undefined> {
    return Promise.resolve(this.endpoints.get(id));
  }

  list(): Promise<readonly Endpoint[]> {
    return Promise.resolve([...this.endpoints.values()]);
  }

  add(endpoint: Endpoint): Promise<void> {
    this.endpoints.set(endpoint.id, endpoint);
    return Promise.resolve();
  }

  remove(_company: string, id: string): Promise<void> {
    this.endpoints.delete(id);
    return Promise.resolve();
  }

  replaceSecrets(seen: Endpoint, secrets: Endpoint['secrets']): Promise<boolean> {
    this.endpoints.set(seen.id, { ...seen, secrets });
    return Promise.resolve(true);
  }

  take(_company: string, id: string, { owner, now, until }: EndpointLease): Promise<Endpoint | undefined> {
    const found = this.endpoints.get(id);
    if (!found) return Promise.resolve(undefined);
    const { disabled_at: disabled, next_attempt_at: next, lease_until: held } = found.state;
    if (disabled !== undefined || (next !== undefined && next > now)) return Promise.resolve(undefined);
    if (held !== undefined && held >= now) {
      this.write(found, { wanted: found.state.wanted + 1 });
      return Promise.resolve(undefined);
    }
    return Promise.resolve(this.write(found, { lease_owner: owner, lease_until: until }));
  }

  save(endpoint: Endpoint, progress: EndpointProgress, { until }: EndpointLease): Promise<Endpoint | undefined> {
    const own = this.own(endpoint, progress);
    return Promise.resolve(own && this.write(own, { ...progressed(progress), lease_until: until }));
  }

  release(endpoint: Endpoint, progress: EndpointProgress, { anyway } = { anyway: false }): Promise<boolean> {
    const own = this.own(endpoint, progress);
    if (!own || (!anyway && own.state.wanted !== endpoint.state.wanted)) return Promise.resolve(false);
    this.write(own, { ...progressed(progress), ...RELEASED });
    return Promise.resolve(true);
  }

  pause(endpoint: Endpoint, progress: EndpointProgress, pause: EndpointPause): Promise<void> {
    const own = this.own(endpoint, progress);
    const { failures, failing_since, next_attempt_at, disabled } = pause;
    if (own) {
      this.write(own, {
        ...progressed(progress), ...RELEASED, failures, failing_since, next_attempt_at,
        ...(disabled ? { disabled_at: disabled.at, disabled_reason: disabled.reason } : {}),
      });
    }
    return Promise.resolve();
  }

  recover(endpoint: Endpoint, at: string): Promise<void> {
    const found = this.endpoints.get(endpoint.id);
    if (found) this.write(found, { ...CLEARED, last_success_at: at });
    return Promise.resolve();
  }

  rewind(_company: string, id: string, cursor: string): Promise<boolean> {
    const found = this.endpoints.get(id);
    if (!found) return Promise.resolve(false);
    this.write(found, { ...RELEASED, ...CLEARED, cursor, epoch: found.state.epoch + 1 });
    return Promise.resolve(true);
  }

  note(): Promise<void> {
    return Promise.resolve();
  }

  notes(): Promise<readonly DeliveryNote[]> {
    return Promise.resolve([]);
  }

  due(before: string, limit: number): ReturnType<Endpoints['due']> {
    const due = this.all().filter((one) => (dueOf(one) ?? before) < before);
    return Promise.resolve(due.map(({ company_id: company, id }) => ({ company, id })).slice(0, limit));
  }

  all(): readonly Endpoint[] {
    return [...this.endpoints.values()];
  }

  private own({ id }: Endpoint, { owner, epoch }: EndpointProgress): Endpoint | undefined {
    const found = this.endpoints.get(id);
    return found?.state.lease_owner === owner && found.state.epoch === epoch ? found : undefined;
  }

  private write(endpoint: Endpoint, state: StateChange): Endpoint {
    const kept = Object.entries({ ...endpoint.state, ...state }).filter(([, value]) => value !== undefined);
    const { cursor, epoch, wanted } = { ...endpoint.state, ...state };
    const changed = { ...endpoint, state: { ...Object.fromEntries(kept), cursor, epoch, wanted } };
    this.endpoints.set(endpoint.id, changed);
    return changed;
  }
}

type StateChange = { readonly [Name in keyof EndpointState]?: EndpointState[Name] | undefined } & {
  readonly cursor?: string;
  readonly epoch?: number;
  readonly wanted?: number;
};

const RELEASED = { lease_owner: undefined, lease_until: undefined };
const CLEARED = {
  failures: undefined, failing_since: undefined, next_attempt_at: undefined, disabled_at: undefined,
  disabled_reason: undefined,
};

function progressed({ cursor, held, failingSince, takenAt }: EndpointProgress): StateChange {
  return {
    cursor,
    held: held.length > 0 ? held : undefined,
    ...(failingSince === undefined ? {} : { failing_since: failingSince }),
    ...(takenAt === undefined ? {} : { last_success_at: takenAt }),
  };
}

/** When an endpoint is to be called for: it is paused, or something is held. */
export function dueOf({ state }: Endpoint): string | undefined {
  return state.disabled_at === undefined ? state.next_attempt_at ?? nextOfHeld(state.held ?? []) : undefined;
}

/** Records that wait to be published again. */
export class MemoryLeftOut implements LeftOutRecords {
  private readonly waiting = new Map<string, { readonly record: DueLeftOutRecord; readonly at: string }>();

  constructor(private readonly added: () => void = () => undefined) {}

  add({ key, changedAt }: LeftOutRecord, retryAt: string): Promise<void> {
    const before = this.waiting.get(JSON.stringify(key))?.record;
    const record = { key, changedAt: before?.changedAt ?? changedAt, additions: (before?.additions ?? 0) + 1 };
    this.waiting.set(JSON.stringify(key), { record, at: retryAt });
    this.added();
    return Promise.resolve();
  }

  due(before: string, limit: number): Promise<readonly DueLeftOutRecord[]> {
    const due = [...this.waiting.values()].filter(({ at }) => at < before);
    return Promise.resolve(due.map(({ record }) => record).slice(0, limit));
  }

  settle({ key, additions }: DueLeftOutRecord): Promise<void> {
    const name = JSON.stringify(key);
    if (this.waiting.get(name)?.record.additions === additions) this.waiting.delete(name);
    return Promise.resolve();
  }

  isEmpty(): boolean {
    return this.waiting.size === 0;
  }
}
