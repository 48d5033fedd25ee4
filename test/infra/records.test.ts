import { INDEXES } from '../../src/core/indexes';
import { resourceNames } from '../../src/core/names';
import { SAMPLE_STAGES } from './sample-stages';
import { resourceNamed, resourcesOf, templateOf } from './template';

const TABLE = 'AWS::DynamoDB::Table';
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
const conversations = resourceNamed(
  templateOf('dev'),
  TABLE,
  'TableName',
  resourceNames('dev').conversationTable,
).Properties;

test('companies are found by company and project', () => {
  const companies = resourceNamed(templateOf('dev'), TABLE, 'TableName', resourceNames('dev').companyTable).Properties;
  expect(companies.KeySchema).toEqual(keys('company_id', 'project_id'));
  expect(companies.GlobalSecondaryIndexes).toBeUndefined();
  expect(companies.TimeToLiveSpecification).toBeUndefined();
});

test('conversations are found by recipient and conversation, and removed after their time', () => {
  expect(conversations.KeySchema).toEqual(keys('primary_channel', 'conversation_id'));
  expect(conversations.TimeToLiveSpecification).toEqual({ AttributeName: 'time_to_live', Enabled: true });
});

test('three indexes answer the queries of operators and the reconciler', () => {
  const indexes: ReadonlyArray<{ readonly IndexName: string; readonly KeySchema: unknown }> =
    conversations.GlobalSecondaryIndexes;
  expect(Object.fromEntries(indexes.map(({ IndexName, KeySchema }) => [IndexName, KeySchema]))).toEqual({
    'project-index': keys('company_project', 'created_at'),
    'attention-index': keys('attention', 'due_at'),
    'reply-index': keys('reply_attention', 'reply_since'),
  });
});

test('the code asks the indexes by the names that the table has', () => {
  const names = conversations.GlobalSecondaryIndexes.map(({ IndexName }: { readonly IndexName: string }) => IndexName);
  expect(Object.values(INDEXES).map(({ name }) => name).sort()).toEqual([...names].sort());
});

test('an index holds keys only, because each attribute more is paid for on each write', () => {
  const projections = conversations.GlobalSecondaryIndexes.map(
    ({ Projection }: { readonly Projection: unknown }) => Projection,
  );
  expect(projections).toEqual(projections.map(() => ({ ProjectionType: 'KEYS_ONLY' })));
});

describe.each(SAMPLE_STAGES.map(({ name, guarded }) => [name, guarded] as const))(
  'the tables of %s',
  (stage, guarded) => {
    const tables = Object.values(resourcesOf(templateOf(stage), TABLE));

    test('are paid by the request and can be restored to any second', () => {
      expect(
        tables.map(({ Properties }) => [Properties.BillingMode, Properties.PointInTimeRecoverySpecification]),
      ).toEqual(tables.map(() => ['PAY_PER_REQUEST', { PointInTimeRecoveryEnabled: true }]));
    });

    test(guarded ? 'cannot be deleted and outlive the stack' : 'go with the stack', () => {
      expect(
        tables.map(({ Properties, DeletionPolicy }) => [Properties.DeletionProtectionEnabled, DeletionPolicy]),
      ).toEqual(tables.map(() => (guarded ? [true, 'Retain'] : [false, 'Delete'])));
    });
  },
);
