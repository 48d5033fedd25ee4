import type { SQSEvent } from 'aws-lambda';
import { setLambdaEnvironment, silence } from './lambda-environment';

const THREAD = 'a'.repeat(32);

function queued(...bodies: readonly string[]): SQSEvent {
  const records = bodies.map((body, index) => ({ messageId: `m${index}`, receiptHandle: `r${index}`, body }));
  return JSON.parse(JSON.stringify({ Records: records }));
}

describe('the handler of turns', () => {
  const takeTurns = jest.fn();
  let handler: typeof import('../../src/handlers/conversation-turns.lambda').handler;
  beforeAll(() => {
    silence();
    setLambdaEnvironment();
    const { takeTurns: real } = jest.requireActual('../../src/conversation/take-turns');
    takeTurns.mockImplementation(real);
    jest.doMock('../../src/conversation/take-turns', () => ({ takeTurns }));
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/conversation-turns.lambda')>(
      '../../src/handlers/conversation-turns.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test('drops a body that names no thread', async () => {
    expect(await handler(queued('no thread', '{}'))).toEqual({ batchItemFailures: [] });
  });

  test('gives back the turn that failed, and none beside it', async () => {
    expect(await handler(queued('no thread', THREAD))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  test('gives back a turn that is to be tried again, though the queue cannot hold its message', async () => {
    takeTurns.mockResolvedValueOnce([
      { itemId: 'm0', outcome: 'retry', afterSeconds: 15 }, { itemId: 'm1', outcome: 'done' },
    ]);
    expect(await handler(queued(THREAD, THREAD))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(takeTurns).toHaveBeenLastCalledWith(
      [{ itemId: 'm0', threadId: THREAD }, { itemId: 'm1', threadId: THREAD }], expect.anything(),
    );
  });
});
