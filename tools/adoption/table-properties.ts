import type { FoundTable, TableIndex, TableKey } from './found-resource';

/** What CloudFormation and DynamoDB both take as an index. */
export function indexProperties({ name, keys, projection }: TableIndex, throughput: FoundTable['throughput']) {
  const [type = 'ALL', ...attributes] = projection.split(' ');
  return {
    IndexName: name,
    KeySchema: keySchema(keys),
    Projection: {
      ProjectionType: projectionType(type),
      ...(attributes.length > 0 && { NonKeyAttributes: attributes }),
    },
    ...(throughput && { ProvisionedThroughput: capacity(throughput) }),
  };
}

/**
 * A table as CloudFormation describes it: as it is now, not as the stage's template wants it. An import takes the
 * template's word; only what the
 * imported and the deployed template say differently is brought about by the deployment, so that a flattering import
 * would leave the table as it is.
 */
export function tableProperties(table: FoundTable) {
  const { name, keys, indexes, localIndexes, throughput, timeToLive, stream, encryptionKey, tableClass } = table;
  const types = new Map(
    [...keys, ...[...indexes, ...localIndexes].flatMap((index) => index.keys)].map(
      ({ attribute, type }) => [attribute, type]));
  return {
    TableName: name,
    KeySchema: keySchema(keys),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes.map((index) => indexProperties(index, throughput)) }),
    ...(localIndexes.length > 0
      && { LocalSecondaryIndexes: localIndexes.map((index) => indexProperties(index, undefined)) }),
    BillingMode: throughput ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    ...(throughput && { ProvisionedThroughput: capacity(throughput) }),
    ...(timeToLive !== undefined && { TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true } }),
    ...(stream !== undefined && { StreamSpecification: { StreamViewType: stream } }),
    ...(encryptionKey !== undefined
      && { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: encryptionKey } }),
    ...(table.hasRecovery && { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
    ...(table.isProtected && { DeletionProtectionEnabled: true }),
    ...(tableClass !== undefined && { TableClass: tableClass }),
  };
}

function projectionType(word: string): 'ALL' | 'KEYS_ONLY' | 'INCLUDE' {
  return word === 'KEYS_ONLY' || word === 'INCLUDE' ? word : 'ALL';
}

function keySchema(keys: readonly TableKey[]) {
  return keys.map(
    ({ attribute }, position) =>
      ({ AttributeName: attribute, KeyType: position === 0 ? 'HASH' as const : 'RANGE' as const }));
}

function capacity({ read, write }: { readonly read: number; readonly write: number }) {
  return { ReadCapacityUnits: read, WriteCapacityUnits: write };
}
