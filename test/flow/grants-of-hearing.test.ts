import { setTimeout as pause } from 'node:timers/promises';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../src/core/channel';
import { CHANNELS } from '../../src/core/channel';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { dueShard, turnShard } from '../../src/core/lifecycle/work-due-index';
import { resourceNames } from '../../src/core/names';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { idempotencyItemKey, threadItemKeys, usageItemKey } from '../../src/records/item-keys';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { Delivery, EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { recipient, request, startStage } from './local-stage-of-tests';
import { keepReplies } from './reply-settings';
import { addKey, addProject, ofTenant } from './tenants-of-tests';
import { postAgain } from './webhook-calls';

type Item = Readonly<Record<string, unknown>>;

const names = resourceNames(LOCAL_STAGE);
const TableName = names.conversationTable;
const PAST = '2026-01-01T00:00:00.000Z';
/** The simulator delivers to it and reports nothing, so that no receipt is quicker than the reconciler. */
const WITHOUT_RECEIPTS = '+447700900970';
const REMINDING = 'reminding';
const SERVICE = `MG${'5e'.repeat(16)}`;
const FOREIGN = 'foreign';
const MOVING = 'moving';
/** What a record has of a message that was sent. */
const SENT = ['vendor_message_id', 'delivery_status'];
/** The simulator takes its message and answers with an error. */
const RECEIPT_PROVES = '+447700900919';

/**
 * The embedded AWS refuses what no grant allows, so what is used here is needed: without it, what is awaited here does
 * not happen.
 */
describe('every grant of the functions that hear recipients and tell clients is needed', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  beforeAll(async () => {
    stage = await startStage('grants-of-hearing', undefined, { runsSchedules: false });
    receiver = await startReceiver();
    await keepReplies(stage);
  });
  afterAll(async () => {
    await receiver.stop();
    await stage.stop();
  });

  /** Until the grants of these roles were used, and no longer than a minute. */
  async function unusedBy(
    roles: RegExp, again: () => Promise<unknown> = async () => undefined,
  ): Promise<readonly string[]> {
    for (const end = Date.now() + 60_000; ; await pause(250)) {
      const unused = stage.cloud.services.unusedGrants()
        .filter(({ role }) => roles.test(role))
        .map(({ role, origin, actions, resources }) => `${role} ${origin}: ${[...actions, ...resources].join(', ')}`);
      if (unused.length === 0 || Date.now() > end) return unused;
      await again();
    }
  }

  const read = async (Key: Item): Promise<Item> => (
    (await stage.tables.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item ?? {}
  );
  const set = async (Key: Item, values: Item, remove: readonly string[] = []) => stage.tables.send(new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: `SET ${Object.keys(values).map((name) => `#${name} = :${name}`).join(', ')}`
      + (remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''),
    ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
  }));

  /** A message that was sent, and where its record lies. */
  const send = async (channel: Channel, person: string, change: Item = {}, key = stage.apiKey): Promise<Item> => {
    const address = channel === 'email' ? { recipient_email: person } : { recipient_tel: person };
    const { body } = request(channel, { ...recipient(channel, address), ...change });
    const answer = await postRequest(stage.url, key, body);
    expect(answer).toMatchObject({ status: 200 });
    const Key = { primary_channel: person, conversation_id: answer.body.conversation_id };
    for (const end = Date.now() + 60_000; ; await pause(50)) {
      const { conversation_status: status } = await read(Key);
      if (status === 'initial_message_sent') return Key;
      if (Date.now() > end) throw new Error(`The message by ${channel} was not sent: ${String(status)}.`);
    }
  };
  const write = async (channel: 'sms' | 'whatsapp', from: string, text: string) => {
    const place = channel === 'sms' ? '' : 'whatsapp:';
    const own = channel === 'sms' ? SAMPLE.smsNumber : SAMPLE.whatsappNumber;
    return stage.vendors.twilio.receiveInbound({
      from: `${place}${from}`, to: `${place}${own}`, body: text, url: twilioInboundUrl(stage.url, { ...SAMPLE, channel }),
    });
  };
  const mail = async (from: string, text: string) => {
    const to = stage.vendors.sendgrid.deliveries().find((one) => one.to === from)?.replyTo ?? '';
    const raw = Buffer.from(`From: <${from}>\r\nTo: ${to}\r\nMessage-ID: <1@example.com>\r\n\r\n${text}\r\n`);
    return stage.vendors.sendgrid.receiveInbound({ raw, to: [to], from });
  };

  /** The vendor reports on a message that a service sent: the record is another one's, but for its sender. */
  const receiptOfService = async (Key: Item): Promise<void> => {
    const record = await read(Key);
    const report = () => stage.vendors.twilio.webhooks().find(
      ({ parameters: { MessageSid: sid } }) => sid === record.vendor_message_id,
    );
    for (const end = Date.now() + 60_000; !report() && Date.now() < end;) await pause(50);
    const genuine = report();
    const id = String(Key.conversation_id);
    const ofService = id.replace(/[^#]+$/, SERVICE);
    const { delivery_status: _delivery, ...item } = record;
    await stage.tables.send(new PutCommand({ TableName, Item: { ...item, conversation_id: ofService } }));
    await set(idempotencyItemKey(SAMPLE.companyId, SAMPLE.projectId, String(record.request_id)), {
      conversation: { primary_channel: Key.primary_channel, conversation_id: ofService },
    });
    const url = genuine?.url.replace(encodeURIComponent(id), encodeURIComponent(ofService)) ?? '';
    const parameters = { ...genuine?.parameters, MessageStatus: 'delivered' };
    const { status } = await postAgain(genuine && { ...genuine, url, parameters });
    expect([url.includes(SERVICE), status]).toEqual([true, 204]);
  };

  /** A secret that is named after another company is looked up among the companies before it is read. */
  const foreignSecret = async (projectId: string): Promise<void> => {
    const [start = '', end = ''] = names.credentialSecretPattern('sms').replace(/-\?+$/, '').split('*');
    await addProject(stage, { projectId }, (record) => {
      Object.assign(record.channel_config.sms, { sms_credentials_id: `${start}an-older-name${end}` });
    });
  };

  /** A worker died amid a send: the reconciler notes it, and then asks the vendor's list. */
  const loseAnswer = async (Key: Item): Promise<Item> => {
    const { request_id: requestId } = await read(Key);
    const due = { attention: dueShard(String(requestId)), due_at: PAST };
    await set(Key, { ...due, conversation_status: 'sending', send_deadline: PAST }, SENT);
    await stage.cloud.runSchedule(names.reconciler);
    await set(Key, { due_at: PAST });
    await stage.cloud.runSchedule(names.reconciler);
    return due;
  };

  test('of those that deliver events and that clients call about them', async () => {
    const headers = { 'x-api-key': stage.apiKey, 'content-type': 'application/json' };
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${stage.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      expect([method, path, response.status]).toEqual([method, path, 200]);
      return await response.json() as { readonly endpoint: { readonly endpoint_id: string } };
    };
    const add = async () => (
      await call('POST', '/event-endpoints', { url: receiver.url, include: ['text'] })
    ).endpoint.endpoint_id;
    const id = await add();
    const failed = new Set<string>();
    // Each event fails twice, so that the endpoint is called for again.
    receiver.answer = ({ event, headers: { 'webhook-id': one = '' } }) => {
      if (failed.has(`${one} twice`) || event.type === 'endpoint.test') return 204;
      failed.add(failed.has(one) ? `${one} twice` : one);
      return 503;
    };
    const person = '+447700900601';
    await send('sms', person);
    await write('sms', person, 'I was on leave.');
    const isTold = ({ event }: Delivery) => event.type === 'reply.received' && event.data.text === 'I was on leave.';
    const [told] = await receiver.until(isTold, 3);
    await call('GET', '/events?include=text');
    await call('GET', '/event-endpoints');
    await call('POST', `/events/${told?.event.id}/replay`);
    await call('POST', `/event-endpoints/${id}/rotate`);
    await call('POST', `/event-endpoints/${id}/test`);
    await receiver.until(({ event }) => event.type === 'endpoint.test');
    await receiver.until(({ event }) => event.id === told?.event.id, 4);
    // One that wants no events any more: the other one learns of it.
    const gone = await add();
    receiver.answer = ({ event }) => (event.data.endpoint_id === gone || event.type === 'endpoint.test' ? 204 : 410);
    await send('sms', '+447700900602');
    await call('DELETE', `/event-endpoints/${id}`);
    await call('DELETE', `/event-endpoints/${gone}`);
    expect(await unusedBy(/^Events(Deliveries|Calls)/)).toEqual([]);
  });

  test('of the one that vendors call', async () => {
    await Promise.all([
      send('sms', '+447700900611'), send('whatsapp', '+447700900612'), send('email', 'grants@example.com'),
    ]);
    await write('sms', '+447700900611', 'Can I talk to somebody?');
    await write('whatsapp', '+447700900612', 'I was on leave.');
    await mail('grants@example.com', 'Unsubscribe');
    await write('sms', '+447700900619', 'STOP');
    // The vendor names a person by another identifier, too.
    const heard = await write('whatsapp', '+447700900612', 'From March on.');
    const named = { ExternalUserId: 'GB.1349000000001', MessageSid: `SM${'1'.repeat(32)}` };
    await postAgain({ ...heard, parameters: { ...heard.parameters, ...named } });
    // A receipt that proves a send whose answer was lost, and one of a service, whose number it names.
    await send('sms', RECEIPT_PROVES);
    await receiptOfService(await send('sms', '+447700900614'));
    await foreignSecret(FOREIGN);
    await stage.vendors.twilio.receiveInbound({
      from: '+447700900619', to: SAMPLE.smsNumber, body: 'Hello',
      url: twilioInboundUrl(stage.url, { companyId: SAMPLE.companyId, projectId: FOREIGN, channel: 'sms' }),
    });
    expect(await unusedBy(/^VendorWebhooks/)).toEqual([]);
  });

  test('of the one that looks after what is stuck', async () => {
    await addProject(stage, { projectId: REMINDING }, (record) => {
      const { sms } = record.channel_config;
      const { answers: _answers, ...reminder } = sms.template;
      Object.assign(record, { remind_after_minutes: 60 });
      Object.assign(sms, { reminder_template: { ...reminder, name: 'reminder' } });
    });
    const key = await addKey(stage, SAMPLE.companyId, [REMINDING, MOVING]);
    for (const channel of CHANNELS) {
      const Key = await send(channel, channel === 'email' ? 'stuck@example.com' : WITHOUT_RECEIPTS);
      const due = await loseAnswer(Key);
      // A message whose queue message was lost.
      const values = { ...due, conversation_status: 'initiated', attempt_count: 0 };
      await set(Key, values, [...SENT, 'composition', 'attempt_ids', 'attempt_id']);
      await stage.cloud.runSchedule(names.reconciler);
    }
    await addProject(stage, { projectId: MOVING });
    const moved = await send('sms', WITHOUT_RECEIPTS, ofTenant({ projectId: MOVING }), key);
    await foreignSecret(MOVING);
    await loseAnswer(moved);
    const remind = async (person: string) => {
      const asked = await send('sms', person, ofTenant({ projectId: REMINDING }), key);
      const earlier = new Date(Date.now() - 61 * 60_000).toISOString();
      await set(asked, { sent_at: earlier, due_at: earlier });
      return async () => {
        await stage.cloud.runSchedule(names.reconciler);
        expect(await read(asked)).toMatchObject({ reminder_id: expect.any(String) });
      };
    };
    await (await remind('+447700900621'))();
    // The function remembers the project's usage; where that is gone, it reads it.
    const again = await remind('+447700900623');
    await stage.tables.send(new DeleteCommand({ TableName, Key: usageItemKey(SAMPLE.companyId, REMINDING) }));
    await again();
    // A burst that nobody was called for, and a thread whose burst is read.
    const person = '+447700900622';
    const Key = await send('whatsapp', person);
    await write('whatsapp', person, 'I was on leave.');
    const threadId = threadIdOf({
      primary_channel: person, conversation_id: String(Key.conversation_id), company_id: SAMPLE.companyId,
      channel_method: 'whatsapp',
    });
    const { thread } = threadItemKeys(threadId);
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
      const { handled_until: handled, answer_due_at: due } = await read(thread);
      if (handled !== undefined && due === undefined) break;
    }
    await set(thread, { attention: turnShard(threadId), due_at: PAST });
    await stage.cloud.runSchedule(names.reconciler);
    await set(thread, { attention: turnShard(threadId), due_at: PAST, answer_due_at: PAST });
    expect(await unusedBy(/^Reconciler/, async () => stage.cloud.runSchedule(names.reconciler))).toEqual([]);
  });
});
