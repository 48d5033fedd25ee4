import type { CardHistory, CardOwner, CardVersion } from '../core/ports/company-records';
import type { TableClient } from './table-client';
import { cardHistoryKey } from './item-keys';
import { VersionItems } from './version-items';

/** Every version of an answer card. */
export class DynamoDbCardHistory implements CardHistory {
  private readonly items: VersionItems;

  constructor(client: TableClient, table: string) {
    this.items = new VersionItems(client, table, 'card');
  }

  async keep(owner: CardOwner, { card: content, ...rest }: CardVersion): Promise<void> {
    return this.items.keep(partitionOf(owner), { content, ...rest });
  }

  async list(owner: CardOwner): Promise<readonly CardVersion[]> {
    const found = await this.items.list(partitionOf(owner));
    return found.map(({ content: card, ...rest }) => ({ card, ...rest }));
  }
}

function partitionOf({ companyId, projectId, cardId }: CardOwner): string {
  return cardHistoryKey(companyId, projectId, cardId);
}
