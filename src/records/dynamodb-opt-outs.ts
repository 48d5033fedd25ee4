import type { OptOutWord } from '../core/ports/directory';
import type { TableClient, TableUpdate } from './table-client';
import { failedCondition } from './failed-condition';
import { optOutItemKey } from './item-keys';

type Values = Readonly<Record<string, unknown>>;
type Update = Omit<TableUpdate, 'TableName' | 'Key'>;

/** One opt-out as an operator sees it. */
export interface ToldOptOut {
  readonly sender: string;
  readonly at: string;
  readonly source: string;
}

/** The opt-outs of each recipient: one item with a map by sender, and the vendor's events that changed it. */
export class DynamoDbOptOuts {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async add(optOut: OptOutWord & { readonly source: string }): Promise<void> {
    const { sender, at, source } = optOut;
    await this.hear(optOut, {
      // The first word counts: hearing it again changes nothing.
      change: 'SET senders.#sender = if_not_exists(senders.#sender, :optOut)',
      values: { ':optOut': { at, source } },
      start: { [sender]: { at, source } },
    });
  }

  async remove(lift: OptOutWord): Promise<void> {
    await this.hear(lift, { change: 'REMOVE senders.#sender', values: {}, start: {} });
  }

  /** What a recipient has opted out of, with when and how it was told. */
  async list(recipient: string): Promise<readonly ToldOptOut[]> {
    const key = optOutItemKey(recipient);
    const item = await this.client.get(this.table, key);
    const senders: unknown = item?.senders;
    if (typeof senders !== 'object' || senders === null) return [];
    return Object.entries(senders).map(([sender, told]: readonly [string, unknown]) => ({
      sender,
      at: textOf(told, 'at'),
      source: textOf(told, 'source'),
    }));
  }

  /** A field of a map can be set only where the map is there already; another's write may come between the tries. */
  private async hear(
    word: OptOutWord,
    write: { readonly change: string; readonly values: Values; readonly start: Values },
  ): Promise<void> {
    const once = onlyOnce(word.event);
    const change: Update = {
      UpdateExpression: `${write.change}${once.update}`,
      ConditionExpression: `attribute_exists(senders)${once.condition}`,
      ExpressionAttributeNames: { '#sender': word.sender },
      ...valuesOf({ ...write.values, ...once.values }),
    };
    const start: Update = {
      UpdateExpression: `SET senders = :senders${once.update}`,
      ConditionExpression: `attribute_not_exists(senders)${once.condition}`,
      ...valuesOf({ ':senders': write.start, ...once.values }),
    };
    for (const update of [change, start, change]) if (await this.write(word.recipient, update)) return;
    if (await this.wasHeard(word)) return;
    throw new Error(
      'An opt-out could not be written: its item is neither there nor absent. Look at the item opt-out of the ' +
      'recipient.',
    );
  }

  /** False if the condition did not hold. */
  private async write(recipient: string, update: Update): Promise<boolean> {
    try {
      await this.client.update({ TableName: this.table, Key: optOutItemKey(recipient), ...update });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }

  private async wasHeard({ recipient, event }: OptOutWord): Promise<boolean> {
    if (event === undefined) return false;
    const key = optOutItemKey(recipient);
    const item = await this.client.get(this.table, key);
    return item?.heard instanceof Set && item.heard.has(event);
  }
}

function textOf(value: unknown, field: string): string {
  const held: unknown =
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([name]) => name === field)?.[1]
      : undefined;
  return typeof held === 'string' ? held : '';
}

/** The parts of an update by which an event counts a single time. */
function onlyOnce(event: string | undefined) {
  if (event === undefined) return { update: '', condition: '', values: {} };
  return {
    update: ' ADD heard :heard',
    condition: ' AND NOT contains(heard, :event)',
    values: { ':heard': new Set([event]), ':event': event },
  };
}

/** DynamoDB refuses an empty list of values. */
function valuesOf(values: Values): Pick<Update, 'ExpressionAttributeValues'> {
  return Object.keys(values).length > 0 ? { ExpressionAttributeValues: { ...values } } : {};
}
