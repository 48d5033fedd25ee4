import { setTimeout as pause } from 'node:timers/promises';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Webhook } from 'standardwebhooks';
import { resourceNames } from '../../src/core/names';
import type { CallVerdict } from '../../tools/embedded-aws/services/call';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { endpointPorts, subscribeAll } from './endpoints-of-tests';
import type { Delivery, EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { recipient, request, startStage } from './local-stage-of-tests';
import { answerByCards, PLACE_OF_WORK, RING_LATER } from './reply-settings';
import { addKey, addProject, ofTenant } from './tenants-of-tests';
import { sendByWhatsapp, writeByWhatsapp } from './whatsapp-chat';

type Item = Readonly<Record<string, unknown>>;

const names = resourceNames(LOCAL_STAGE);
const TableName = names.conversationTable;
const REMINDING = 'reminding';
const MINUTES = 60;

/** Time passes by what the records say: when a message was sent, and when it is looked at next. */
describe('messages that nobody answers, and answers that come too late', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  let ports: ReturnType<typeof endpointPorts>;
  let secret = '';
  beforeAll(async () => {
    stage = await startStage('follow-up', undefined, { runsSchedules: false });
    receiver = await startReceiver();
    ports = endpointPorts(stage);
    secret = await subscribeAll(ports, receiver.url);
    await answerByCards(stage, [PLACE_OF_WORK, RING_LATER]);
    await addProject(stage, { projectId: REMINDING }, (record) => {
      const { sms } = record.channel_config;
      const { answers: _answers, ...reminder } = sms.template;
      Object.assign(record, { remind_after_minutes: MINUTES, unanswered_after_minutes: MINUTES });
      Object.assign(sms, { reminder_template: { ...reminder, name: 'reminder' } });
    });
  });
  afterAll(async () => {
    ports.close();
    await receiver.stop();
    await stage.stop();
  });

  const read = async (Key: Item): Promise<Item> => (
    (await stage.tables.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item ?? {}
  );
  const until = async (Key: Item, isSo: (record: Item) => boolean): Promise<Item> => {
    for (const end = Date.now() + 60_000; ; await pause(50)) {
      const record = await read(Key);
      if (isSo(record)) return record;
      if (Date.now() > end) throw new Error(`Waiting for a record failed: it is ${String(record.conversation_status)}.`);
    }
  };
  const isSent = ({ conversation_status: status }: Item) => status === 'initial_message_sent';

  /** A question by SMS that was sent, by a key of the project. */
  const ask = async (person: string, key: string): Promise<Item> => {
    const { body } = request('sms', { ...ofTenant({ projectId: REMINDING }), ...recipient('sms', { recipient_tel: person }) });
    const answer = await postRequest(stage.url, key, body);
    expect(answer).toMatchObject({ status: 200 });
    const Key = { primary_channel: person, conversation_id: answer.body.conversation_id };
    await until(Key, isSent);
    return Key;
  };

  /** The time after which something happens is over, and the reconciler runs. */
  const pass = async (Key: Item, since: 'sent_at' | 'reminder_at'): Promise<void> => {
    const earlier = new Date(Date.now() - (MINUTES + 1) * 60_000).toISOString();
    await stage.tables.send(new UpdateCommand({
      TableName, Key, UpdateExpression: 'SET #since = :earlier, due_at = :earlier',
      ExpressionAttributeNames: { '#since': since }, ExpressionAttributeValues: { ':earlier': earlier },
    }));
    await stage.cloud.runSchedule(names.reconciler);
  };
  const reminderOf = async (Key: Item): Promise<Item> => {
    await pass(Key, 'sent_at');
    const { reminder_id: id } = await until(Key, ({ reminder_id: made }) => made !== undefined);
    const reminder = { ...Key, conversation_id: id };
    await until(reminder, isSent);
    return reminder;
  };

  /** The event of a conversation, with a signature that the standard's own verifier accepts. */
  const eventOf = async (type: string, conversation: unknown): Promise<Delivery['event']> => {
    const [found] = await receiver.until(
      ({ event }) => event.type === type && event.data.conversation_id === conversation,
    );
    if (!found) throw new Error(`There is no event ${type}.`);
    expect(new Webhook(secret).verify(found.body, { ...found.headers })).toEqual(found.event);
    return found.event;
  };
  const sentTo = (person: string) => stage.vendors.deliveries().filter(({ to }) => to.endsWith(person));

  test('a question without an answer is reminded of once, and is then told as unanswered', async () => {
    const person = '+447700900381';
    const key = await addKey(stage, SAMPLE.companyId, [REMINDING]);
    const asked = await ask(person, key);
    const reminder = await reminderOf(asked);
    expect(sentTo(person)).toHaveLength(2);
    await pass(asked, 'reminder_at');
    const { conversation_id: id, request_id: requestId } = await read(asked);
    expect(await eventOf('conversation.unanswered', id)).toMatchObject({
      data: { request_id: requestId, channel_method: 'sms', answers: {} },
    });
    const told = await readConversation(stage.url, key, String(id));
    expect(told.body.history).toContainEqual(expect.objectContaining({ event: 'unanswered' }));
    await pass(asked, 'reminder_at');
    expect(sentTo(person)).toHaveLength(2);
    expect(receiver.deliveries.filter(({ event }) => event.type === 'conversation.unanswered'
      && [id, reminder.conversation_id].includes(event.data.conversation_id))).toHaveLength(1);
  });

  test('a question of a test key is reminded of and told in the same way, and nothing reaches a vendor', async () => {
    const person = '+447700900382';
    const key = await addKey(stage, SAMPLE.companyId, [REMINDING], { test: 'yes' });
    const asked = await ask(person, key);
    const reminder = await reminderOf(asked);
    expect(await read(reminder)).toMatchObject({
      reminder_of: asked.conversation_id, vendor_message_id: expect.stringMatching(/^test-/),
    });
    const shown = await readConversation(stage.url, key, String(reminder.conversation_id));
    expect(shown).toMatchObject({ status: 200, body: { is_test: true } });
    await eventOf('message.sent', reminder.conversation_id);
    await pass(asked, 'reminder_at');
    await eventOf('conversation.unanswered', asked.conversation_id);
    expect(sentTo(person)).toEqual([]);
    expect(stage.cloud.faults()).toEqual([]);
  });

  test('an answer that a newer message overtakes is told as superseded, and the newer one is answered', async () => {
    const person = '+447700900383';
    await sendByWhatsapp(stage, person);
    // The answer is queued once what the recipient writes meanwhile is taken in.
    let written: Promise<unknown> | undefined;
    const release = stage.cloud.services.intercept({
      beforeCall: async ({ caller, operation, resources }): Promise<CallVerdict> => {
        const isQueued = operation === 'SendMessage'
          && resources.some((one) => one.endsWith(`:${names.queue('whatsapp')}`));
        if (isQueued && caller.kind === 'function' && caller.functionName === names.conversationTurns) {
          written ??= writeByWhatsapp(stage, person, 'May I have a telephone call?');
          await written;
        }
        return 'pass';
      },
    });
    await writeByWhatsapp(stage, person, 'Where is the hospital?');
    const [told] = await receiver.until(({ event }) => event.type === 'message.superseded');
    release();
    expect(told?.event.data).toMatchObject({
      state: 'superseded', channel_method: 'whatsapp', reason: { code: 'superseded' }, reply: { card_id: 'place_of_work' },
    });
    await eventOf('message.superseded', told?.event.data.conversation_id);
    await receiver.until(({ event: { type, data } }) => (
      type === 'message.sent' && data.thread_id === told?.event.data.thread_id && data.reply !== undefined
    ));
    const answers = sentTo(person).slice(1);
    expect(answers.map(({ text }) => text)).toEqual([expect.stringContaining('A colleague will ring you.')]);
  });
});
