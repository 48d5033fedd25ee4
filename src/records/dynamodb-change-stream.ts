import type { ConversationKey } from '../core/lifecycle/conversation';
import { timestamp } from '../core/ports/clock';
import type { ChangeStream, StreamBatch, StreamGap } from '../core/ports/events';
import { failedCondition } from './failed-condition';
import type { Item } from './item';
import { heartbeatKey, streamStateKey } from './item-keys';
import type { TableClient } from './table-client';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds after which the stream may have lost changes: it keeps them for 24 hours. */
const KEPT_FOR = 22 * HOUR;
/** How long before its oldest change a part of the stream may have stood still that comes after that time. */
const STOOD_STILL = 24 * HOUR;
/** Milliseconds of changes between two writes of what was heard. */
const NOTED_EVERY = 2 * MINUTE;
/** Items that one page of the search reads. */
const PAGE = 200;
/** Milliseconds by which clocks may differ. */
const SKEW = HOUR;

/** What is known of the stream of the table of conversations: two small items of the table itself. */
export class DynamoDbChangeStream implements ChangeStream {
  private noted = 0;

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async heard({ oldest, newest, now }: StreamBatch): Promise<'followed' | 'gap'> {
    const floor = now - KEPT_FOR;
    const isLate = oldest < floor;
    if (!isLate && newest < this.noted + NOTED_EVERY) return 'followed';
    this.noted = newest;
    for (;;) {
      const { heardAt } = await this.state();
      const isGap = heardAt !== undefined && (isLate || heardAt < floor);
      if (heardAt !== undefined && !isGap && heardAt >= newest) return 'followed';
      const since = Math.min(heardAt ?? newest, isLate ? oldest - STOOD_STILL : Infinity);
      if (await this.note(heardAt, Math.max(heardAt ?? newest, newest), isGap ? since : undefined)) {
        return isGap ? 'gap' : 'followed';
      }
    }
  }

  async beat(now: number): Promise<void> {
    await this.client.update({
      TableName: this.table,
      Key: heartbeatKey,
      UpdateExpression: 'SET beat_at = :now',
      ExpressionAttributeValues: { ':now': now },
    });
  }

  async state() {
    const item = await this.client.get(this.table, streamStateKey);
    const { heard_at: heardAt, gap_since: since, gap_cursor: cursor } = item ?? {};
    return {
      ...(typeof heardAt === 'number' ? { heardAt } : {}),
      ...(typeof since === 'number' ? { gap: { since, ...(typeof cursor === 'string' ? { cursor } : {}) } } : {}),
    };
  }

  async advance({ since, cursor: from }: StreamGap, cursor: string | undefined): Promise<boolean> {
    return this.write({
      UpdateExpression: cursor === undefined ? 'REMOVE gap_since, gap_cursor' : 'SET gap_cursor = :cursor',
      ConditionExpression:
        `gap_since = :since AND ${from === undefined ? 'attribute_not_exists(gap_cursor)' : 'gap_cursor = :from'}`,
      ExpressionAttributeValues: {
        ':since': since,
        ...(cursor === undefined ? {} : { ':cursor': cursor }),
        ...(from === undefined ? {} : { ':from': from }),
      },
    });
  }

  /** Reads keys and moments alone: what stands in a record, only its publishing reads. */
  async changedSince({ since, cursor }: StreamGap) {
    const { items, next } = await this.client.scanPage({
      TableName: this.table,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'primary_channel, conversation_id, updated_at, #moment',
      ExpressionAttributeNames: { '#moment': 'timestamp' },
      Limit: PAGE,
      ...(cursor === undefined ? {} : { ExclusiveStartKey: JSON.parse(cursor) as Item }),
    });
    const from = timestamp(since - SKEW);
    return {
      keys: items.filter((item) => changedAt(item) >= from).map(keyOf),
      ...(next ? { cursor: JSON.stringify(next) } : {}),
    };
  }

  /** False if another call was faster. */
  private async note(before: number | undefined, heardAt: number, since: number | undefined): Promise<boolean> {
    return this.write({
      // A search that is under way begins no later, and is not begun anew.
      UpdateExpression: `SET heard_at = :heard${since === undefined ? '' : ', gap_since = if_not_exists(gap_since, :since)'}`,
      ConditionExpression: before === undefined ? 'attribute_not_exists(heard_at)' : 'heard_at = :before',
      ExpressionAttributeValues: {
        ':heard': heardAt,
        ...(since === undefined ? {} : { ':since': since }),
        ...(before === undefined ? {} : { ':before': before }),
      },
    });
  }

  private async write(change: {
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Item;
  }): Promise<boolean> {
    try {
      await this.client.update({ TableName: this.table, Key: streamStateKey, ...change });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}

/** A record that does not say when it changed may have changed at any time. */
function changedAt({ updated_at: updated, timestamp: written }: Item): string {
  const at = updated ?? written;
  return typeof at === 'string' ? at : '~';
}

function keyOf({ primary_channel, conversation_id }: Item): ConversationKey {
  return { primary_channel: String(primary_channel), conversation_id: String(conversation_id) };
}
