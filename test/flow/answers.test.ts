import { setTimeout } from 'node:timers/promises';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { resourceNames } from '../../src/core/names';
import { systemClock } from '../../src/handlers/system-clock';
import { takeThread } from '../../src/operations/replies/take-over';
import { DynamoDbThreads } from '../../src/records/dynamodb-threads';
import { TableClient } from '../../src/records/table-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { startStage } from './local-stage-of-tests';
import { answerByCards, PLACE_OF_WORK, RING_LATER } from './reply-settings';
import { sendByWhatsapp, writeByWhatsapp } from './whatsapp-chat';
import { awaitRecord } from './webhook-calls';

const DISCLOSURE = 'This is the automatic assistant of Harbour & Pine. Write PERSON to reach a person.';

/** A question by WhatsApp and its answer from a card: the whole stack, and a simulated model. */
describe('a recipient who asks', () => {
  let stage: LocalStage;
  beforeAll(async () => {
    stage = await startStage('answers');
    await answerByCards(stage, [PLACE_OF_WORK, RING_LATER]);
  });
  afterAll(async () => { await stage.stop(); });

  const write = async (from: string, body: string) => writeByWhatsapp(stage, from, body);
  const send = async (person: string) => sendByWhatsapp(stage, person);
  /** What reached a person behind the first message, once it is so many messages. */
  const answersTo = async (person: string, count: number) => {
    const end = Date.now() + 60_000;
    for (;;) {
      const texts = stage.vendors.deliveries().filter(({ to }) => to.endsWith(person)).map(({ text }) => text).slice(1);
      if (texts.length >= count) return texts;
      if (Date.now() > end) throw new Error(`${person} got ${texts.length} answers of ${count}: ${texts.join(' | ')}`);
      await setTimeout(50);
    }
  };

  test('is answered by a card, with the assistant\'s disclosure, in words that the company\'s facts prove', async () => {
    const person = '+447700900371';
    await send(person);
    await write(person, 'Where is the hospital?');
    expect(await answersTo(person, 1)).toEqual([`${DISCLOSURE}\n\nYou would work at Northfield General Hospital.`]);
    expect(stage.vendors.openai.violations()).toEqual([]);
    expect(stage.vendors.twilio.violations()).toEqual([]);
  });

  test('for a person is told so by the company\'s sentence and who writes it, and no card follows', async () => {
    const person = '+447700900372';
    const requestId = await send(person);
    await write(person, 'PERSON');
    expect(await answersTo(person, 1)).toEqual([
      `${DISCLOSURE}\n\nThank you. A colleague will read your message and reply to you here.`,
    ]);
    await write(person, 'Where is the hospital?');
    await setTimeout(4_000);
    expect(await answersTo(person, 1)).toHaveLength(1);
    expect(await stage.conversation(requestId)).toMatchObject({ hand_off_to_human: true, reply_attention: 'reply' });
  });

  /** The model thinks for so long: whatever is to come in between comes then. */
  const whileThinking = async (act: () => Promise<void>, begin: () => Promise<unknown>) => {
    const { openai } = stage.vendors;
    const before = openai.received().length;
    openai.setDelay(3_000);
    await begin();
    while (openai.received().length === before) await setTimeout(20);
    openai.setDelay(0);
    await act();
  };

  test('gets no answer of the engine once a person has taken the thread, even while the model thinks', async () => {
    const person = '+447700900375';
    const requestId = await send(person);
    const taken = async () => {
      const found = await stage.conversation(requestId);
      if (!found) throw new Error('The record is gone.');
      const conversation = found as unknown as Conversation;
      const threads = new DynamoDbThreads(new TableClient(stage.tables), resourceNames(LOCAL_STAGE).conversationTable);
      const order = { conversation, actor: { id: 'Sam Reyes', roles: [] } };
      expect(await takeThread({ clock: systemClock, threads }, order)).toMatchObject({ outcome: 'taken' });
    };
    await whileThinking(taken, async () => write(person, 'Where is the hospital?'));
    await awaitRecord(stage, requestId, { hand_off_to_human: false });
    await setTimeout(6_000);
    expect(await answersTo(person, 0)).toEqual([]);
  });

  test('and writes again while the model thinks is answered once, for the newer message', async () => {
    const person = '+447700900376';
    await send(person);
    await whileThinking(
      async () => { await write(person, 'May I have a telephone call?'); },
      async () => write(person, 'Where is the hospital?'),
    );
    expect(await answersTo(person, 1)).toEqual([`${DISCLOSURE}\n\nA colleague will ring you.`]);
    await setTimeout(3_000);
    expect(await answersTo(person, 1)).toHaveLength(1);
  });

  test('what no card answers gets a person', async () => {
    const person = '+447700900373';
    const requestId = await send(person);
    await write(person, 'May I bring my dog?');
    expect(await answersTo(person, 1)).toEqual([
      `${DISCLOSURE}\n\nThank you. A colleague will read your message and reply to you here.`,
    ]);
    expect(await stage.conversation(requestId)).toMatchObject({ hand_off_to_human_reason: 'question' });
  });

  test('what a card leaves to a person gets the card, and a person', async () => {
    const person = '+447700900374';
    const requestId = await send(person);
    await write(person, 'May I have a telephone call?');
    expect(await answersTo(person, 1)).toEqual([`${DISCLOSURE}\n\nA colleague will ring you.`]);
    expect(await stage.conversation(requestId)).toMatchObject({ hand_off_to_human_reason: 'card_hands_over' });
  });
});
