import { EVENT_INDEX } from '../core/indexes';
import type { ClientEvent, LoggedEvent } from '../core/events/client-event';
import type { EventLog, Watermark } from '../core/ports/events';
import { eventItemKey, watermarkItemKey } from './event-item-keys';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { TableClient } from './table-client';

/** The events of each company in DynamoDB: a partition per company, in the order of their positions. */
export class DynamoDbEventLog implements EventLog {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async watermark(record: string): Promise<Watermark | undefined> {
    const item = await this.client.get(this.table, watermarkItemKey(record));
    if (typeof item?.last_entry !== 'string') return undefined;
    return { last: item.last_entry, sequence: Number(item.last_sequence), position: String(item.last_position) };
  }

  async advance(
    record: string,
    from: Watermark | undefined,
    to: Watermark,
    timeToLive: number,
  ): Promise<boolean> {
    try {
      await this.client.put({
        TableName: this.table,
        Item: {
          ...watermarkItemKey(record),
          last_entry: to.last,
          last_sequence: to.sequence,
          last_position: to.position,
          time_to_live: timeToLive,
        },
        ConditionExpression: from ? 'last_position = :seen' : 'attribute_not_exists(owner_key)',
        ...(from ? { ExpressionAttributeValues: { ':seen': from.position } } : {}),
      });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }

  async append({ position, event }: LoggedEvent): Promise<void> {
    const { id, ...rest } = event;
    await this.client.put({
      TableName: this.table,
      Item: { ...eventItemKey(event.company_id, position), event_id: id, ...rest },
    });
  }

  async after({ company, position, until, limit }: Parameters<EventLog['after']>[0]): Promise<readonly LoggedEvent[]> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'owner_key = :company AND item_key BETWEEN :position AND :until',
      ExpressionAttributeValues: {
        ':company': eventItemKey(company, '').owner_key, ':position': position, ':until': until,
      },
      ConsistentRead: true,
      // BETWEEN takes in the position itself, which was read before.
      Limit: limit + 1,
    };
    for await (const items of this.client.query(query)) {
      return items.filter(({ item_key: key }) => key !== position).slice(0, limit).map(readEvent);
    }
    return [];
  }

  async at(company: string, position: string): Promise<LoggedEvent | undefined> {
    const item = await this.client.get(this.table, eventItemKey(company, position));
    return item && readEvent(item);
  }

  /** An event that was written twice after a crash has two places: the first will do. */
  async find(company: string, id: string): Promise<LoggedEvent | undefined> {
    const query = {
      TableName: this.table,
      IndexName: EVENT_INDEX.name,
      KeyConditionExpression: 'event_id = :id',
      ExpressionAttributeValues: { ':id': id },
      Limit: 2,
    };
    for await (const items of this.client.query(query)) {
      const own = items.find(({ owner_key: key }) => key === eventItemKey(company, '').owner_key);
      if (!own) return undefined;
      return this.at(company, String(own.item_key));
    }
    return undefined;
  }
}

/** Only this engine writes such items, so their fields are not checked again. */
function readEvent({ owner_key: _owner, item_key: position, event_id: id, ...event }: Item): LoggedEvent {
  return { position: String(position), event: { ...event, id } as ClientEvent };
}
