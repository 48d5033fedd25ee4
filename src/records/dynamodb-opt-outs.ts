import { randomUUID } from 'node:crypto';
import type { OptOutWord } from '../core/ports/directory';
import type { OptOuts, RecordedOptOut } from '../core/ports/person-records';
import type { Identity } from '../core/recipient/identity';
import { identityOf, spellingsOf } from '../core/recipient/identity';
import { DynamoDbAddresses } from './dynamodb-addresses';
import type { Item } from './item';
import type { TableClient, TableUpdate } from './table-client';
import { failedCondition } from './failed-condition';
import { optOutItemKey } from './item-keys';

type Values = Readonly<Record<string, unknown>>;
type Update = Omit<TableUpdate, 'TableName' | 'Key'>;

/** What an opt-out or its lifting writes. */
interface OptOutWrite {
  readonly change: string;
  /** Holds where the change is one, and no repetition. */
  readonly news: string;
  readonly entry: Values;
  readonly values: Values;
  readonly start: Values;
}

/** Entries of one identity at most: who opts out and in again more often raises no further events. */
const ENTRIES_AT_MOST = 200;

const APPEND = 'history = list_append(if_not_exists(history, :none), :entry)';
const appended = ({ entry }: Pick<OptOutWrite, 'entry'>): Values => ({ ':none': [], ':entry': [entry] });

/** The change with its entry; it applies only where it is news. */
function withEntry(change: Update, write: OptOutWrite): Update {
  const [verb, rest = ''] = [write.change.slice(0, write.change.indexOf(' ')), change.UpdateExpression ?? ''];
  return {
    ...change,
    UpdateExpression: verb === 'SET' ? rest.replace('SET ', `SET ${APPEND}, `) : `SET ${APPEND} ${rest}`,
    ConditionExpression:
      `${change.ConditionExpression} AND ${write.news}`
      + ' AND (attribute_not_exists(history) OR size(history) < :most)',
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues, ...appended(write), ':most': ENTRIES_AT_MOST,
    },
  };
}

/** The opt-outs of each identity: one item with a map by sender, and the vendor's events that changed it. */
export class DynamoDbOptOuts implements OptOuts {
  private readonly addresses: DynamoDbAddresses;

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {
    this.addresses = new DynamoDbAddresses(client, table);
  }

  /** Under the identity that it came from; nothing if the address identifies no person. */
  async add({ recipient, sender, at, source, event }: OptOutWord & { readonly source: string }): Promise<boolean> {
    const identity = identityOf(recipient);
    if (identity === undefined) return false;
    const applied = await this.apply(identity, { sender, event }, {
      // The first one counts: hearing it again changes nothing.
      change: 'SET senders.#sender = if_not_exists(senders.#sender, :optOut)',
      news: 'attribute_not_exists(senders.#sender)',
      entry: { id: randomUUID(), at, event: 'opted_out', sender, source },
      values: { ':optOut': { at, source } },
      start: { [sender]: { at, source } },
    });
    return applied === 'news';
  }

  /** Under every name of the person that the company knows, or any company if none is given. */
  async remove({ recipient, sender, event, company, at }: OptOutWord & { readonly company?: string }): Promise<void> {
    const identity = identityOf(recipient);
    if (identity === undefined) return;
    const entry = { id: randomUUID(), at, event: 'opted_in', sender };
    const lift = {
      change: 'REMOVE senders.#sender', news: 'attribute_exists(senders.#sender)', entry, values: {}, start: {},
    };
    // The identity that it came from first: an event that was applied there before is not applied elsewhere.
    if ((await this.apply(identity, { sender, event }, lift)) === 'known') return;
    const others = (await this.namesOf(identity, company)).filter((name) => name !== identity);
    for (const other of others) await this.apply(other, { sender, event }, lift);
  }

  /** What a person has opted out of under any name that is known, with when and how it was reported first. */
  async list(recipient: string): Promise<readonly RecordedOptOut[]> {
    const identity = identityOf(recipient);
    if (identity === undefined) return [];
    const names = await this.namesOf(identity);
    const items = await Promise.all(names.map(async (name) => this.client.get(this.table, optOutItemKey(name))));
    const listed = items.flatMap(readListed).sort((one, other) => (one.at < other.at ? -1 : 1));
    return listed.filter(({ sender }, index) => listed.findIndex((first) => first.sender === sender) === index);
  }

  private async namesOf(identity: Identity, company?: string): Promise<readonly string[]> {
    const aliases = await this.addresses.aliasesOf({
      address: identity,
      ...(company === undefined ? {} : { company }),
    });
    return [identity, ...aliases].flatMap(spellingsOf);
  }

  /**
   * A field of a map can be set only where the map is there already; another's write may come between the tries. What
   * changes something is an entry of the history, which clients learn of.
   */
  private async apply(
    identity: Identity,
    { sender, event }: { readonly sender: string; readonly event: string | undefined },
    write: OptOutWrite,
  ): Promise<'news' | 'applied' | 'known'> {
    const once = onlyOnce(event);
    const change: Update = {
      UpdateExpression: `${write.change}${once.update}`,
      ConditionExpression: `attribute_exists(senders)${once.condition}`,
      ExpressionAttributeNames: { '#sender': sender },
      ExpressionAttributeValues: { ...write.values, ...once.values },
    };
    const isOptOut = Object.keys(write.start).length > 0;
    const start: Update = {
      UpdateExpression: `SET senders = :senders${isOptOut ? `, ${APPEND}` : ''}${once.update}`,
      ConditionExpression: `attribute_not_exists(senders)${once.condition}`,
      ExpressionAttributeValues: {
        ':senders': write.start, ...(isOptOut ? appended(write) : {}), ...once.values,
      },
    };
    const entered = withEntry(change, write);
    for (const update of [entered, change, start, entered, change]) {
      if (await this.write(identity, update)) return update === change ? 'applied' : 'news';
    }
    if (await this.wasApplied(identity, event)) return 'known';
    throw new Error(
      'An opt-out could not be written: its item is neither there nor absent. Look at the item opt-out of the ' +
      'recipient.',
    );
  }

  /** False if the condition did not hold. */
  private async write(identity: Identity, update: Update): Promise<boolean> {
    try {
      await this.client.update({ TableName: this.table, Key: optOutItemKey(identity), ...update });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }

  private async wasApplied(identity: Identity, event: string | undefined): Promise<boolean> {
    if (event === undefined) return false;
    const item = await this.client.get(this.table, optOutItemKey(identity));
    return item?.heard instanceof Set && item.heard.has(event);
  }
}

function readListed(item: Item | undefined): readonly RecordedOptOut[] {
  const senders: unknown = item?.senders;
  if (typeof senders !== 'object' || senders === null) return [];
  return Object.entries(senders).map(([sender, reported]: readonly [string, unknown]) => ({
    sender,
    at: textOf(reported, 'at'),
    source: textOf(reported, 'source'),
  }));
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
