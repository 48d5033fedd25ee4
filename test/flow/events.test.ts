import { Webhook } from 'standardwebhooks';
import { addEndpoint } from '../../src/operations/endpoints/manage-endpoints';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { endpointPorts } from './endpoints-of-tests';
import type { EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { request, startStage } from './local-stage-of-tests';

describe('events', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  let ports: ReturnType<typeof endpointPorts>;
  let secret = '';
  beforeAll(async () => {
    stage = await startStage('events');
    receiver = await startReceiver();
    ports = endpointPorts(stage);
    const added = await addEndpoint(ports, {
      company: SAMPLE.companyId, projects: ['*'], url: receiver.url, include: ['text'], by: 'test',
    });
    if (added.outcome !== 'added') throw new Error(added.outcome);
    ({ secret } = added);
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
});
