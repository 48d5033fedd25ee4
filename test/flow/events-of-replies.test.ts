import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { streamStateKey } from '../../src/records/item-keys';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { engineWith } from '../cli/engine-run';
import { endpointPorts, subscribeAll } from './endpoints-of-tests';
import type { Delivery, EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { recipient, request, startStage } from './local-stage-of-tests';
import { keepReplies } from './reply-settings';

const names = resourceNames(LOCAL_STAGE);

describe('events of what recipients and people do', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  let ports: ReturnType<typeof endpointPorts>;
  const folder = mkdtempSync(join(tmpdir(), 'events-of-replies-'));
  beforeAll(async () => {
    stage = await startStage('events-of-replies');
    writeAccessFile(folder, stage);
    receiver = await startReceiver();
    ports = endpointPorts(stage);
    await subscribeAll(ports, receiver.url);
    await keepReplies(stage);
  });
  afterAll(async () => {
    ports.close();
    await receiver.stop();
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (...words: string[]) => {
    const done = await engineWith({ operator: 'ada' }, folder, ...words);
    expect([words.join(' '), done.code, done.errors]).toEqual([words.join(' '), 0, '']);
  };
  const send = async (person: string) => {
    const { requestId, body } = request('whatsapp', recipient('whatsapp', { recipient_tel: person }));
    await postRequest(stage.url, stage.apiKey, body);
    await awaitOutcome(stage, requestId);
    return requestId;
  };
  const write = async (person: string, body: string) => stage.vendors.twilio.receiveInbound({
    from: `whatsapp:${person}`, to: `whatsapp:${SAMPLE.whatsappNumber}`, body,
    url: twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'whatsapp' }),
  });
  const eventOf = async (requestId: string, type: string) => {
    const is = ({ event }: Delivery) => event.type === type && event.data.request_id === requestId;
    await receiver.until(is);
    return receiver.deliveries.find(is)?.event;
  };

  test('a reply, its hand-over, a takeover and its end are told under the client\'s own request, with the words', async () => {
    const person = '+447700900391';
    const requestId = await send(person);
    await write(person, 'Can I talk to somebody?');
    expect(await eventOf(requestId, 'reply.received')).toMatchObject({ data: { text: 'Can I talk to somebody?' } });
    expect(await eventOf(requestId, 'conversation.handed_off')).toMatchObject({ data: { reason: 'asked_for_person' } });
    await run('reply', 'take', requestId);
    await eventOf(requestId, 'conversation.taken_over');
    await run('reply', 'send', requestId, '--text', 'Of course. I will ring you at three.');
    await run('reply', 'return', requestId);
    await eventOf(requestId, 'conversation.returned');
    // What answers a person's words is about the same request.
    await write(person, 'At three, then.');
    await receiver.until(({ event }) => event.data.text === 'At three, then.');
    const [told] = receiver.deliveries.filter(({ event }) => event.data.text === 'At three, then.');
    expect(told?.event.data.request_id).toBe(requestId);
  });

  test('a stop closes the chat and opts out', async () => {
    const person = '+447700900392';
    const requestId = await send(person);
    await write(person, 'We met yesterday.');
    await eventOf(requestId, 'reply.received');
    await write(person, 'Stop');
    await eventOf(requestId, 'conversation.closed');
    await eventOf(requestId, 'recipient.opted_out');
    await write(person, 'START');
    await eventOf(requestId, 'recipient.opted_in');
  });

  test('a message that is cancelled before its time', async () => {
    const { requestId, body } = request('sms');
    const send_at = new Date(Date.now() + 3_600_000).toISOString();
    await postRequest(stage.url, stage.apiKey, { ...body, request_data: { ...body.request_data, send_at } });
    await run('conversation', 'cancel', requestId, '--yes');
    expect(await eventOf(requestId, 'message.cancelled')).toMatchObject({ data: { reason: { code: 'cancelled' } } });
  });

  /** A record that the publisher cannot read for now is put aside, and is due at once. */
  async function putAside(): Promise<void> {
    const release = stage.cloud.services.intercept({
      beforeCall: ({ caller, operation, resources }) => (
        caller.kind === 'function' && caller.functionName === names.eventPublisher
          && operation === 'GetItem' && resources.some((one) => one.endsWith(`/${names.conversationTable}`)) ? 'refuse' : 'pass'
      ),
    });
    await postRequest(stage.url, stage.apiKey, request('sms').body);
    const leftOut = {
      TableName: names.eventTable,
      KeyConditionExpression: 'owner_key = :left',
      FilterExpression: 'attribute_exists(record_key)',
      ExpressionAttributeValues: { ':left': 'left-out' },
    };
    for (;;) {
      const { Items: [item] = [] } = await stage.tables.send(new QueryCommand(leftOut));
      if (item) {
        release();
        await stage.tables.send(new UpdateCommand({
          TableName: names.eventTable,
          Key: { owner_key: item.owner_key, item_key: item.item_key },
          UpdateExpression: 'SET due_at = :past',
          ExpressionAttributeValues: { ':past': '2026-01-01T00:00:00.000Z' },
        }));
        return;
      }
      await pause(100);
    }
  }

  test('every grant of the publisher is needed', async () => {
    const person = '+447700900393';
    const requestId = await send(person);
    await write(person, 'Stop');
    await eventOf(requestId, 'recipient.opted_out');
    await putAside();
    await stage.tables.send(new UpdateCommand({
      TableName: names.conversationTable, Key: streamStateKey,
      UpdateExpression: 'SET gap_since = :then', ExpressionAttributeValues: { ':then': Date.now() - 60_000 },
    }));
    const unused = () => stage.cloud.services.unusedGrants()
      .filter(({ role }) => /^EventsPublisher/.test(role))
      .map(({ origin, actions, resources }) => `${origin}: ${[...actions, ...resources].join(', ')}`);
    for (const end = Date.now() + 30_000; unused().length > 0 && Date.now() < end; await pause(250)) {
      await stage.cloud.invoke(names.eventPublisher, {});
    }
    expect(unused()).toEqual([]);
  });
});
