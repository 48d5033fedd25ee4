import type { TemplateHistory, TemplateOwner, TemplateVersion } from '../core/ports/company-records';
import type { TableClient } from './table-client';
import { templateHistoryKey } from './item-keys';
import { VersionItems } from './version-items';

/** Every version of a template. */
export class DynamoDbTemplateHistory implements TemplateHistory {
  private readonly items: VersionItems;

  constructor(client: TableClient, table: string) {
    this.items = new VersionItems(client, table, 'template');
  }

  async keep(owner: TemplateOwner, { template: content, ...rest }: TemplateVersion): Promise<void> {
    return this.items.keep(templateHistoryKey(owner), { content, ...rest });
  }

  async list(owner: TemplateOwner): Promise<readonly TemplateVersion[]> {
    const found = await this.items.list(templateHistoryKey(owner));
    return found.map(({ content: template, ...rest }) => ({ template, ...rest }));
  }
}
