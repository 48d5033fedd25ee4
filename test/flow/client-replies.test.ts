import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createEngineClient } from '../../src/client/engine-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { startStage } from './local-stage-of-tests';
import { answerByCards, PLACE_OF_WORK } from './reply-settings';
import { addKey } from './tenants-of-tests';
import { sendByWhatsapp, writeByWhatsapp } from './whatsapp-chat';

const QUESTION = 'Where is the hospital?';
const WORDS = 'A colleague meets you at the main door.';
const NO_CONVERSATION = 'harbour-and-pine#nurse-recruitment#00000000-0000-4000-8000-000000000000#447700900100';

/** A client's system answers in the engine's place: the whole stack, the client package, the simulated vendor. */
describe('a client that answers', () => {
  let stage: LocalStage;
  beforeAll(async () => {
    stage = await startStage('client-replies');
    await answerByCards(stage, [PLACE_OF_WORK]);
  });
  afterAll(async () => { await stage.stop(); });

  const clientOf = (apiKey = stage.apiKey) => createEngineClient({ url: stage.url, apiKey });
  /** What reached a person behind the first message. */
  const answersTo = (person: string) => (
    stage.vendors.deliveries().filter(({ to }) => to.endsWith(person)).map(({ text }) => text).slice(1)
  );
  const until = async (isSo: () => Promise<boolean> | boolean, what: string) => {
    for (const end = Date.now() + 60_000; !(await isSo()); await setTimeout(250)) {
      if (Date.now() > end) throw new Error(`It did not come to it within a minute: ${what}.`);
    }
  };
  /** A message that went; the recipient's words are noted on its record. */
  const written = async (person: string, words: string) => {
    const requestId = await sendByWhatsapp(stage, person);
    await writeByWhatsapp(stage, person, words);
    return String((await stage.conversation(requestId))?.conversation_id);
  };
  const post = async (path: string, body: string, apiKey = stage.apiKey) => {
    const response = await fetch(`${stage.url}/conversations/${path}`, {
      method: 'POST', headers: { 'x-api-key': apiKey, 'content-type': 'application/json' }, body,
    });
    const answer: { readonly error_code?: string; readonly message?: string } = JSON.parse(await response.text());
    return { status: response.status, code: answer.error_code };
  };

  test('takes over, answers once however often it asks, has a silent engine, and returns the conversation', async () => {
    const person = '+447700900381';
    const engine = clientOf();
    const requestId = await sendByWhatsapp(stage, person);
    const id = String((await stage.conversation(requestId))?.conversation_id);
    await writeByWhatsapp(stage, person, 'Hello');
    expect(await engine.takeOver(id)).toMatchObject({ outcome: 'taken' });
    await writeByWhatsapp(stage, person, QUESTION);

    const reply = { text: WORDS, requestId: randomUUID() };
    const [first, ...again] = await Promise.all(Array.from({ length: 3 }, async () => engine.reply(id, reply)));
    expect(first).toMatchObject({ outcome: 'accepted', requestId: reply.requestId });
    const replyId = first?.outcome === 'accepted' ? first.conversationId : '';
    for (const one of again) expect(one).toMatchObject({ outcome: 'accepted', conversationId: replyId });
    expect(await engine.reply(id, reply)).toMatchObject({ outcome: 'accepted', replayed: true, conversationId: replyId });
    expect(await engine.reply(id, { ...reply, text: 'Other words' })).toMatchObject(
      { outcome: 'refused', code: 'IDEMPOTENCY_CONFLICT' },
    );
    await awaitOutcome(stage, reply.requestId);
    expect(await engine.getConversation(replyId)).toMatchObject(
      { outcome: 'found', conversation: { conversation_status: 'initial_message_sent', request_id: reply.requestId } },
    );

    // The engine reads what comes, and answers nothing of it.
    await setTimeout(4_000);
    expect(answersTo(person)).toEqual([WORDS]);
    expect(await engine.returnConversation(id)).toMatchObject({ outcome: 'returned' });
    await writeByWhatsapp(stage, person, QUESTION);
    await until(() => answersTo(person).length > 1, 'an answer of the engine');
    expect(answersTo(person)).toMatchObject([WORDS, expect.stringContaining('You would work at')]);
    expect(stage.vendors.twilio.violations()).toEqual([]);
  });

  test('takes the thread over by its reply, and its endpoint learns of both', async () => {
    const person = '+447700900382';
    const id = await written(person, 'Hello');
    const engine = clientOf();
    const sent = await engine.reply(id, { text: WORDS });
    expect(sent).toMatchObject({ outcome: 'accepted', replayed: false });
    await writeByWhatsapp(stage, person, QUESTION);
    await awaitOutcome(stage, sent.requestId);
    const told = async () => {
      const page = await engine.listEvents();
      if (page.outcome !== 'listed') throw new Error(`Listing the events failed: ${page.outcome}.`);
      const types = ['message.sent', 'conversation.taken_over'];
      return page.events.filter(({ type, data }) => (
        types.includes(type) && JSON.stringify(data).includes(type === 'message.sent' ? sent.requestId : id)
      ));
    };
    await until(async () => (await told()).length === 2, 'both events');
    const event = (await told()).find(({ type }) => type === 'message.sent');
    expect((await told()).find(({ type }) => type === 'conversation.taken_over')).toMatchObject({
      project_id: SAMPLE.projectId, data: { conversation_id: id },
    });
    expect(event?.data).toMatchObject({ reply: { in_reply_to: id, written_by: 'client', card_id: null } });
    await setTimeout(3_000);
    expect(answersTo(person)).toEqual([WORDS]);
  });

  test('reaches nothing of another company or project, whatever it sends', async () => {
    const person = '+447700900383';
    const id = await written(person, 'Hello');
    const path = (action: string, of = id) => `${encodeURIComponent(of)}/${action}`;
    const body = JSON.stringify({ request_id: randomUUID(), text: WORDS });
    const nothing = { status: 404, code: 'CONVERSATION_NOT_FOUND' };
    for (const key of [await addKey(stage, 'rival', ['*']), await addKey(stage, SAMPLE.companyId, ['another'])]) {
      for (const action of ['replies', 'take-over', 'return']) {
        expect(await post(path(action), body, key)).toEqual(nothing);
        expect(await post(path(action, NO_CONVERSATION), body, key)).toEqual(nothing);
      }
    }
    expect(await post(path('replies'), body, await addKey(stage, SAMPLE.companyId, ['*'], { test: 'yes' }))).toEqual(
      { status: 403, code: 'SENDING_KEY_REQUIRED' },
    );
    for (const [odd, code] of [
      ['', 'INVALID_REQUEST'], ['[]', 'INVALID_REQUEST'], ['{', 'INVALID_REQUEST'],
      [JSON.stringify({ request_id: 'x', text: WORDS }), 'INVALID_REQUEST'],
      [JSON.stringify({ request_id: randomUUID(), text: 'a\u0000b' }), 'INVALID_REQUEST'],
      [JSON.stringify({ request_id: randomUUID(), text: 'a'.repeat(300_000) }), 'PAYLOAD_TOO_LARGE'],
    ] as const) {
      expect(await post(path('replies'), odd)).toEqual({ status: 400, code });
    }
    expect(await post('%00/replies', body)).toEqual(nothing);
    expect(answersTo(person)).toEqual([]);
  });
});
