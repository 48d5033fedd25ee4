import type { Context, SQSEvent } from 'aws-lambda';
import { setEventEnvironment, silence } from './lambda-environment';

const CALL = JSON.stringify({ company_id: 'brightpath', endpoint_id: 'endpoint-1' });

function call(...bodies: readonly string[]): SQSEvent {
  return JSON.parse(JSON.stringify({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }));
}

describe('the handler of deliveries', () => {
  let handler: typeof import('../../src/handlers/event-deliveries.lambda').handler;
  const context: Context = JSON.parse('{}');
  beforeAll(() => {
    silence();
    setEventEnvironment();
    context.getRemainingTimeInMillis = () => 60_000;
    ({ handler } = jest.requireActual<typeof import('../../src/handlers/event-deliveries.lambda')>(
      '../../src/handlers/event-deliveries.lambda',
    ));
  });
  afterAll(() => { jest.restoreAllMocks(); });

  test.each(['no json', '{}', '{"company_id":"brightpath"}', '{"company_id":"","endpoint_id":"e"}'])(
    'drops a body that this engine does not write: %s', async (body) => {
      expect(await handler(call(body), context)).toEqual({ batchItemFailures: [] });
    },
  );

  test('gives back the calls that failed and none beside them', async () => {
    expect(await handler(call('no json', CALL, CALL), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
  });
});
