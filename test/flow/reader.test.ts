import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { conversationAnswerSchema } from '../../src/reader/conversation-answer';
import { request, startStage } from './local-stage-of-tests';

describe('GET /conversations/{conversation_id}', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('reader'); });
  afterAll(async () => { await stage.stop(); });

  test.each(['sms', 'email'] as const)('tells what became of a message by %s', async (channel) => {
    const { requestId, body } = request(channel);
    const { conversation_id: id } = (await postRequest(stage.url, stage.apiKey, body)).body;
    await awaitOutcome(stage, requestId);
    const answer = await readConversation(stage.url, stage.apiKey, String(id), '?include=text');
    expect(answer.status).toBe(200);
    const told = conversationAnswerSchema.parse(answer.body);
    expect(told).toMatchObject({
      conversation_id: id,
      request_id: requestId,
      conversation_status: 'initial_message_sent',
      attempts: 1,
      next_action: 'None.',
    });
    expect(told.history.map(({ status }) => status)).toEqual([
      'initiated',
      'processing',
      'sending',
      'initial_message_sent',
    ]);
    expect(told.messages).toHaveLength(1);
    expect((await readConversation(stage.url, stage.apiKey, String(id))).body).not.toHaveProperty('messages');
  });

  test('is forbidden without a key, and finds nothing under what is not an identifier', async () => {
    for (const apiKey of [undefined, 'no-such-key-no-such-key']) {
      expect(await readConversation(stage.url, apiKey, 'a#b#c#d')).toMatchObject({
        status: 403,
        body: { error_code: 'FORBIDDEN', message: 'Forbidden' },
      });
    }
    for (const id of ['nothing', 'a/b', '%', 'a#b#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#d']) {
      expect(await readConversation(stage.url, stage.apiKey, id)).toMatchObject({
        status: 404,
        body: { error_code: 'CONVERSATION_NOT_FOUND', request_id: 'unknown' },
      });
    }
  });

  test('may be asked by web pages', async () => {
    const answer = await fetch(`${stage.url}/conversations/any`, {
      method: 'OPTIONS',
      headers: { 'origin': 'https://app.example.com', 'access-control-request-method': 'GET' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,OPTIONS');
  });
});
