import { EVENT_DAYS } from '../core/events/event-types';
import type { Endpoint, SealedSecret } from '../core/events/endpoint';
import type { Timestamp } from '../core/ports/clock';
import type {
  DeliveryNote, EndpointLease, EndpointPause, EndpointProgress, Endpoints,
} from '../core/ports/events';
import { readEndpoint, storedEndpoint } from './endpoint-item';
import { dueAt, progressed, RELEASED, underLease } from './endpoint-progress';
import { readDue } from './due-items';
import { deliveryNoteKey, DUE_GROUPS, endpointItemKey, endpointOfKey } from './event-item-keys';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { TableClient, TableUpdate } from './table-client';

const DAY_SECONDS = 24 * 60 * 60;

type Update = Omit<TableUpdate, 'TableName' | 'Key'>;

/** What an endpoint that works has none of. */
const CLEARED = 'failures, failing_since, next_attempt_at, disabled_at, disabled_reason, due_group, due_at';
/** A worker that ends just now, and the next one: more than these do not come in between. */
const TRIES = 3;

/** The companies' endpoints in DynamoDB, one item each: what it is, its secrets and how far it is. */
export class DynamoDbEndpoints implements Endpoints {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async find(company: string, id: string): Promise<Endpoint | undefined> {
    return readEndpoint(await this.client.get(this.table, endpointItemKey(company, id)));
  }

  async list(company: string): Promise<readonly Endpoint[]> {
    const found: Endpoint[] = [];
    const { owner_key: owner } = endpointItemKey(company, '');
    for await (const items of this.client.query(this.partition(owner))) {
      found.push(...items.flatMap((item) => readEndpoint(item) ?? []));
    }
    return found.sort((one, other) => (one.created_at < other.created_at ? -1 : 1));
  }

  async add(endpoint: Endpoint): Promise<void> {
    await this.client.put({ TableName: this.table, Item: storedEndpoint(endpoint) });
  }

  /** Functions delete nothing: what is left has no address and no secret, no read finds it, and it ends by its TTL. */
  async remove(company: string, id: string): Promise<void> {
    const removedAt = Date.now();
    await this.change(company, id, {
      UpdateExpression:
        'SET removed_at = :at, time_to_live = :end'
        + ` REMOVE #url, secrets, lease_owner, lease_until, ${CLEARED}`,
      ConditionExpression: 'attribute_exists(secrets)',
      ExpressionAttributeNames: { '#url': 'url' },
      ExpressionAttributeValues: { ':at': new Date(removedAt).toISOString(), ':end': Math.floor(removedAt / 1000) },
    });
  }

  async replaceSecrets(seen: Endpoint, secrets: readonly SealedSecret[]): Promise<boolean> {
    return this.change(seen.company_id, seen.id, {
      UpdateExpression: 'SET secrets = :secrets',
      ConditionExpression: 'secrets[0].sealed = :seen',
      ExpressionAttributeValues: { ':secrets': secrets, ':seen': seen.secrets[0]?.sealed },
    }).then((changed) => changed !== undefined);
  }

  async take(company: string, id: string, lease: EndpointLease): Promise<Endpoint | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { changed, refusedBy } = await this.tryChange(company, id, takeFor(lease));
      if (changed) return changed;
      const held = refusedBy?.state.lease_until;
      if (!refusedBy || !mayBeTaken(refusedBy, lease) || held === undefined || held < lease.now) return undefined;
      // Who has it looks once more before it ends; if it has ended meanwhile, the endpoint can be taken.
      const isNoted = await this.change(company, id, {
        UpdateExpression: 'ADD wanted :one',
        ConditionExpression: 'lease_until >= :now',
        ExpressionAttributeValues: { ':one': 1, ':now': lease.now },
      });
      if (isNoted) return undefined;
    }
    return undefined;
  }

  async save(
    { company_id: company, id }: Endpoint,
    progress: EndpointProgress,
    { until }: EndpointLease,
  ): Promise<Endpoint | undefined> {
    return this.change(company, id, underLease(progress, { ...progressed(progress), lease_until: until }));
  }

  async release(
    endpoint: Endpoint,
    progress: EndpointProgress,
    { anyway } = { anyway: false },
  ): Promise<boolean> {
    const { ConditionExpression, ExpressionAttributeValues: values, ...update } = underLease(progress, {
      ...progressed(progress), ...RELEASED,
    });
    const released = await this.change(endpoint.company_id, endpoint.id, {
      ...update,
      ConditionExpression: anyway ? ConditionExpression : `${ConditionExpression} AND wanted = :wanted`,
      ExpressionAttributeValues: { ...values, ...(anyway ? {} : { ':wanted': endpoint.state.wanted }) },
    });
    return released !== undefined;
  }

  async pause(
    { company_id: company, id }: Endpoint,
    progress: EndpointProgress,
    { failures, failing_since, next_attempt_at, disabled }: EndpointPause,
  ): Promise<void> {
    await this.change(company, id, underLease(progress, {
      ...progressed(progress), ...RELEASED, failures, failing_since, next_attempt_at,
      ...(disabled ? { disabled_at: disabled.at, disabled_reason: disabled.reason } : {}),
      // What is due is the endpoint as a whole.
      ...dueAt(next_attempt_at),
    }));
  }

  async recover({ company_id: company, id }: Endpoint, at: Timestamp): Promise<void> {
    await this.change(company, id, {
      UpdateExpression: `SET last_success_at = :at REMOVE ${CLEARED}`,
      ConditionExpression: 'attribute_exists(secrets)',
      ExpressionAttributeValues: { ':at': at },
    });
  }

  async rewind(company: string, id: string, cursor: string): Promise<boolean> {
    const changed = await this.change(company, id, {
      UpdateExpression: `SET feed_cursor = :cursor REMOVE lease_owner, lease_until, ${CLEARED} ADD epoch :one`,
      ConditionExpression: 'attribute_exists(secrets)',
      ExpressionAttributeValues: { ':cursor': cursor, ':one': 1 },
    });
    return changed !== undefined;
  }

  async note(endpoint: Pick<Endpoint, 'company_id' | 'id'>, note: DeliveryNote): Promise<void> {
    const key = deliveryNoteKey(endpoint.company_id, endpoint.id, note.at, note.event_id);
    const time_to_live = Math.floor(Date.parse(note.at) / 1000) + EVENT_DAYS * DAY_SECONDS;
    const { at: noted_at, type: event_type, outcome, answer, cause, event_id: noted_event } = note;
    const Item = { ...key, noted_at, event_type, outcome, answer, cause, noted_event, time_to_live };
    await this.client.put({ TableName: this.table, Item });
  }

  async notes(
    { company_id: company, id }: Pick<Endpoint, 'company_id' | 'id'>,
    limit: number,
  ): Promise<readonly DeliveryNote[]> {
    const { owner_key: owner } = deliveryNoteKey(company, id, '', '');
    for await (const items of this.client.query({ ...this.partition(owner), ScanIndexForward: false, Limit: limit })) {
      return items.map(readNote);
    }
    return [];
  }

  async due(before: Timestamp, limit: number): ReturnType<Endpoints['due']> {
    const items = await readDue(this.client, this.table, { group: DUE_GROUPS.endpoints, before, limit });
    return items.map(({ owner_key: owner, item_key: id }) => endpointOfKey(String(owner), String(id)));
  }

  private partition(owner: string) {
    return {
      TableName: this.table,
      KeyConditionExpression: 'owner_key = :owner',
      ExpressionAttributeValues: { ':owner': owner },
      ConsistentRead: true,
    };
  }

  /** Undefined if the condition did not hold. */
  private async change(company: string, id: string, update: Update): Promise<Endpoint | undefined> {
    return (await this.tryChange(company, id, update)).changed;
  }

  private async tryChange(
    company: string,
    id: string,
    update: Update,
  ): Promise<{ readonly changed?: Endpoint | undefined; readonly refusedBy?: Endpoint | undefined }> {
    try {
      const item = await this.client.update({
        TableName: this.table,
        Key: endpointItemKey(company, id),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...update,
      });
      return { changed: readEndpoint(item) };
    } catch (error) {
      return { refusedBy: readEndpoint(failedCondition(error).item) };
    }
  }
}

function takeFor({ owner, now, until }: EndpointLease): Update {
  return {
    UpdateExpression: 'SET lease_owner = :owner, lease_until = :until',
    ConditionExpression:
      'attribute_exists(secrets) AND attribute_not_exists(disabled_at)'
      + ' AND (attribute_not_exists(next_attempt_at) OR next_attempt_at <= :now)'
      + ' AND (attribute_not_exists(lease_until) OR lease_until < :now)',
    ExpressionAttributeValues: { ':owner': owner, ':until': until, ':now': now },
  };
}

function mayBeTaken({ state: { disabled_at: disabled, next_attempt_at: next } }: Endpoint, { now }: EndpointLease) {
  return disabled === undefined && (next === undefined || next <= now);
}

function readNote(item: Item): DeliveryNote {
  const { noted_at: at, event_type: type, outcome, answer, cause, noted_event: event_id } = item;
  return { at, type, outcome, answer, cause, event_id } as DeliveryNote;
}
