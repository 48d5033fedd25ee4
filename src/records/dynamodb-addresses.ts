import type { Identity } from '../core/recipient/identity';
import { identityOf, isReachable, spellingsOf } from '../core/recipient/identity';
import type { LearnedAlias, RecipientAliases } from '../core/ports/recipient-aliases';
import type { Item } from './item';
import { failedCondition } from './failed-condition';
import type { ConversationItemKey } from './item-keys';
import { addressPartition, aliasItemKey, spellingsItemKey } from './item-keys';
import type { TableClient } from './table-client';

/** Other names of one person that are kept for one company. Meta gives a person a new one with each new number. */
const ALIASES_AT_MOST = 20;

/** Pairs that a function remembers to have written. */
const REMEMBERED = 1_000;

/** A stored spelling that is not the identity's own, or an alias, with the company that reported it. */
export interface AddressItem {
  readonly company?: string;
  readonly addresses: readonly string[];
}

/**
 * What is known of an address beside its conversations, in a partition of its own: the business-scoped identifiers that
 * each company's vendor reported, and spellings of records that are older than this engine's rule.
 */
export class DynamoDbAddresses implements RecipientAliases {
  private readonly written = new Set<string>();

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /** From either end, since a call may name either. The end that is read to see what is known is written last. */
  async learn({ company, address, alias, at }: LearnedAlias): Promise<void> {
    const [number, other] = [identityOf(address), identityOf(alias)];
    if (number === undefined || other === undefined || !isReachable(number) || isReachable(other)) return;
    const pair = JSON.stringify([company, number, other]);
    if (this.written.has(pair)) return;
    // A read costs a tenth of the two writes that it nearly always spares.
    if (!(await this.aliasesOf({ address: number, company })).includes(other)) {
      await this.add(aliasItemKey(other, company), number, at);
      await this.add(aliasItemKey(number, company), other, at);
    }
    if (this.written.size >= REMEMBERED) this.written.clear();
    this.written.add(pair);
  }

  async aliasesOf({ address, company }: Parameters<RecipientAliases['aliasesOf']>[0]): Promise<readonly Identity[]> {
    const identity = identityOf(address);
    if (identity === undefined) return [];
    if (company !== undefined) return namesIn(await this.client.get(this.table, aliasItemKey(identity, company)));
    const known = (await this.itemsOf(identity)).filter((item) => item.company !== undefined);
    return [...new Set(known.flatMap(({ addresses }) => addresses))];
  }

  /** A record lies under a spelling of its recipient that is not the identity. May be repeated. */
  async addSpelling(spelling: string, at: string): Promise<void> {
    const identity = identityOf(spelling);
    if (identity !== undefined && identity !== spelling) await this.add(spellingsItemKey(identity), spelling, at);
  }

  /** All that is known of an address, by whichever company. */
  async itemsOf(identity: Identity): Promise<readonly AddressItem[]> {
    const found: AddressItem[] = [];
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :partition',
      ExpressionAttributeValues: { ':partition': addressPartition(identity) },
      ConsistentRead: true,
    };
    for await (const items of this.client.query(query)) {
      found.push(...items.map((item) => ({ ...companyOf(item), addresses: namesIn(item) })));
    }
    return found;
  }

  /** Every partition in which a company's conversations with the person at an address may lie. */
  async partitionsOf(address: string, company: string): Promise<readonly string[]> {
    const identity = identityOf(address);
    if (identity === undefined) return [];
    const numbers = isReachable(identity)
      ? [identity]
      : (await this.aliasesOf({ address, company })).filter(isReachable);
    const spellings = await Promise.all(numbers.map(async (number) => this.spellingsOf(number)));
    return [...new Set(spellings.flat())];
  }

  /** The spellings under which conversations with a number or e-mail address may lie, the identity first. */
  async spellingsOf(identity: Identity): Promise<readonly string[]> {
    const stored = await this.client.get(this.table, spellingsItemKey(identity));
    return [...spellingsOf(identity), ...namesIn(stored)];
  }

  private async add(key: ConversationItemKey, name: string, at: string): Promise<void> {
    try {
      await this.client.update({
        TableName: this.table,
        Key: key,
        UpdateExpression: 'ADD other_names :name SET since = if_not_exists(since, :at)',
        ConditionExpression:
          'attribute_not_exists(other_names) OR contains(other_names, :one) OR size(other_names) < :most',
        ExpressionAttributeValues: { ':name': new Set([name]), ':one': name, ':at': at, ':most': ALIASES_AT_MOST },
      });
    } catch (error) {
      // A person with more names than that keeps the first ones.
      failedCondition(error);
    }
  }
}

export function namesIn(item: Item | undefined): readonly string[] {
  return item?.other_names instanceof Set ? [...item.other_names].filter((name) => typeof name === 'string') : [];
}

function companyOf({ conversation_id: id }: Item): { readonly company?: string } {
  const [, company] = /^aliases#(.*)$/s.exec(String(id)) ?? [];
  return company === undefined ? {} : { company };
}
