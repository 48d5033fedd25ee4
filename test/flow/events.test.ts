import { setTimeout as pause } from 'node:timers/promises';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Webhook } from 'standardwebhooks';
import { resourceNames } from '../../src/core/names';
import { streamStateKey } from '../../src/records/item-keys';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { endpointPorts, subscribeAll } from './endpoints-of-tests';
import type { EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { request, startStage } from './local-stage-of-tests';

const names = resourceNames(LOCAL_STAGE);
const DAY = 24 * 60 * 60_000;

describe('events', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  let ports: ReturnType<typeof endpointPorts>;
  let secret = '';
  beforeAll(async () => {
    stage = await startStage('events');
    receiver = await startReceiver();
    ports = endpointPorts(stage);
    secret = await subscribeAll(ports, receiver.url);
  });
  afterAll(async () => {
    ports.close();
    await receiver.stop();
    await stage.stop();
  });

  test('tell the company what becomes of a message, signed and in order', async () => {
    const { requestId, body } = request('sms');
    await postRequest(stage.url, stage.apiKey, body);
    await awaitOutcome(stage, requestId);
    const ofIt = ({ event }: { readonly event: { readonly data: Readonly<Record<string, unknown>> } }) => (
      event.data.request_id === requestId
    );
    await receiver.until((delivery) => ofIt(delivery) && delivery.event.type === 'message.delivered');
    const own = receiver.deliveries.filter(ofIt);
    expect(own.map(({ event }) => event.type)).toEqual(['message.accepted', 'message.sent', 'message.delivered']);
    const sequences = own.map(({ event }) => event.sequence);
    expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    const verifier = new Webhook(secret);
    for (const { body: text, headers } of own) expect(verifier.verify(text, { ...headers })).toEqual(JSON.parse(text));
    expect(stage.cloud.faults()).toEqual([]);
  });

  test('are looked for in the records once the stream was silent for more than a day, and none is told twice', async () => {
    const { requestId, body } = request('sms');
    await postRequest(stage.url, stage.apiKey, body);
    await awaitOutcome(stage, requestId);
    const own = () => receiver.deliveries.filter(({ event }) => event.data.request_id === requestId);
    await receiver.until(({ event }) => event.data.request_id === requestId && event.type === 'message.delivered');
    const state = { TableName: names.conversationTable, Key: streamStateKey };
    await stage.tables.send(new UpdateCommand({
      ...state, UpdateExpression: 'SET heard_at = :then', ExpressionAttributeValues: { ':then': Date.now() - 2 * DAY },
    }));
    // A function that runs on remembers what it noted.
    stage.cloud.functions.kill(names.eventPublisher);
    const lookAfter = async () => {
      await stage.cloud.invoke(names.eventPublisher, {});
      return (await stage.tables.send(new GetCommand({ ...state, ConsistentRead: true }))).Item ?? {};
    };
    // The scheduled run makes a change, the stream brings it, and the next run looks through the records.
    let found = await lookAfter();
    for (; Number(found.heard_at) < Date.now() - DAY; await pause(100)) found = await lookAfter();
    while ('gap_since' in found) found = await lookAfter();
    expect(new Set(own().map(({ event }) => event.id)).size).toBe(3);
  });
});
