import { RemovalPolicy } from 'aws-cdk-lib';
import type { TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DUE_INDEX, EVENT_INDEX, INDEXES } from '../core/indexes';
import { resourceNames } from '../core/names';
import type { OldIndex, StageSettings } from './stages';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The tables: companies with their API keys, conversations with their idempotency records, and events. */
export class Records extends Construct {
  readonly companies: Table;
  readonly conversations: Table;
  /** Events for clients, their endpoints, and how far each is. */
  readonly events: Table;

  constructor(scope: Construct, id: string, stage: StageSettings) {
    super(scope, id);
    const names = resourceNames(stage.name);
    this.companies = new Table(this, 'Companies', {
      ...protection(stage),
      tableName: names.companyTable,
      partitionKey: text('company_id'),
      sortKey: text('project_id'),
    });
    this.conversations = new Table(this, 'Conversations', {
      ...protection(stage),
      tableName: names.conversationTable,
      partitionKey: text('primary_channel'),
      sortKey: text('conversation_id'),
      timeToLiveAttribute: 'time_to_live',
      // It only wakes the publisher, which reads the records themselves.
      stream: StreamViewType.KEYS_ONLY,
    });
    this.events = new Table(this, 'Events', {
      ...protection(stage),
      tableName: names.eventTable,
      partitionKey: text('owner_key'),
      sortKey: text('item_key'),
      timeToLiveAttribute: 'time_to_live',
    });
    this.events.addGlobalSecondaryIndex({
      indexName: DUE_INDEX.name,
      partitionKey: text(DUE_INDEX.partitionKey),
      sortKey: text(DUE_INDEX.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.events.addGlobalSecondaryIndex({
      indexName: EVENT_INDEX.name,
      partitionKey: text(EVENT_INDEX.partitionKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    for (const { name, partitionKey, sortKey } of Object.values(INDEXES)) {
      this.conversations.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        // Every projected attribute is paid for on every write; the few records that a query finds are read by their
        // keys.
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    for (const index of stage.oldIndexes ?? []) addOldIndex(this.conversations, index);
  }
}

function addOldIndex(table: Table, { name, partitionKey, sortKey, type = 'S', projection }: OldIndex): void {
  const sorted = sortKey === undefined ? undefined : {
    name: sortKey, type: type === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
  };
  const props = { indexName: name, projectionType: ProjectionType[projection] };
  if (partitionKey !== undefined) {
    table.addGlobalSecondaryIndex({ ...props, partitionKey: text(partitionKey), ...(sorted && { sortKey: sorted }) });
  } else if (sorted) {
    table.addLocalSecondaryIndex({ ...props, sortKey: sorted });
  }
}

/**
 * Encrypted at rest by the key that AWS owns, as every table is that asks for no other. A key of our own costs a
 * dollar a month, KMS calls on a cold cache, and one more thing that can be lost together with all data. It would add
 * a second permission next to the table's own, given by the same people of the same account, and so no boundary; the
 * trail of reads that it leaves, CloudTrail's data events give as well. Take one where another party is to hold the
 * key.
 *
 * Point-in-time recovery is on in every stage: it costs cents where there is little data, and restoring can be
 * practised where it does no harm.
 */
function protection(stage: StageSettings): Omit<TableProps, 'partitionKey'> {
  return {
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.guarded,
    removalPolicy: stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  };
}
