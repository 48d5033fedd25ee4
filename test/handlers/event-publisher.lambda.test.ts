import type { DynamoDBRecord } from 'aws-lambda';
import { setEventEnvironment, silence } from './lambda-environment';

const KEYS = { primary_channel: { S: '+447700900123' }, conversation_id: { S: 'brightpath#cv-review#1#447700900002' } };

describe('the handler of what changed', () => {
  let handler: typeof import('../../src/handlers/event-publisher.lambda').handler;
  beforeAll(() => {
    silence();
    setEventEnvironment();
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/event-publisher.lambda')>(
      '../../src/handlers/event-publisher.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test.each<[string, DynamoDBRecord]>([
    ['was removed', { eventName: 'REMOVE', dynamodb: { Keys: KEYS, SequenceNumber: '7' } }],
    ['names no conversation', { eventName: 'MODIFY', dynamodb: { Keys: { primary_channel: { S: 'x' } } } }],
    ['has no keys', { eventName: 'INSERT' }],
  ])('lets go what %s, without a read', async (_what, record) => {
    expect(await handler({ Records: [record] })).toEqual({ batchItemFailures: [] });
  });

  test('lets the stream come again from the first change that could not even be put aside', async () => {
    const change = (place: string): DynamoDBRecord => (
      { eventName: 'MODIFY', dynamodb: { Keys: KEYS, SequenceNumber: place, ApproximateCreationDateTime: 1 } }
    );
    expect(await handler({ Records: [change('41'), change('42')] })).toEqual({
      batchItemFailures: [{ itemIdentifier: '41' }],
    });
  });

  test('fails the schedule\'s call while the tables are out of reach, so that its alarm sees it', async () => {
    await expect(handler({})).rejects.toThrow();
  });
});
