import type { DeploymentSenders } from '../core/ports/deployment-senders';
import { identityOf, isReachable } from '../core/recipient/identity';
import { senderItemKey } from './item-keys';
import type { TableClient } from './table-client';

const DAY = 24 * 60 * 60_000;
/** Days after which a number that sends no more may be somebody's who is to be heard. */
const KEPT_DAYS = 60;

/** An item for each sender that has sent lately, written once a day by each function that is running. */
export class DynamoDbDeploymentSenders implements DeploymentSenders {
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  /** A name, or a vendor's service, writes to nobody as itself. */
  async note(sender: string, at: string): Promise<void> {
    const identity = identityOf(sender);
    if (identity === undefined || !isReachable(identity)) return;
    const now = Date.parse(at);
    if (now < (this.noted.get(identity) ?? 0) + DAY) return;
    const time_to_live = Math.floor((now + KEPT_DAYS * DAY) / 1000);
    await this.client.put({ TableName: this.table, Item: { ...senderItemKey(identity), sent_at: at, time_to_live } });
    this.noted.set(identity, now);
  }

  async includes(address: string): Promise<boolean> {
    const identity = identityOf(address);
    if (identity === undefined || !isReachable(identity)) return false;
    return (await this.client.get(this.table, senderItemKey(identity))) !== undefined;
  }
}
