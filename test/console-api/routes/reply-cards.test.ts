import { threadIdOf } from '../../../src/core/lifecycle/thread';
import { timestamp } from '../../../src/core/ports/clock';
import { ANSWERS } from '../../support/answering-world';
import { sampleCompany } from '../../support/sample-message';
import { pathOf, recordsWorld } from './records-world';

const HOURS = 'from Monday to Friday, 9 am to 5 pm';

/** A chat in which the engine has answered with a card; `waits`: a reply waits for a person. */
async function answeredChat({ waits = true }: { readonly waits?: boolean } = {}) {
  const world = recordsWorld({ cardHistory: { keep: jest.fn(), list: async () => Promise.resolve([]) } });
  const { records } = world;
  records.directory.seedCompany(sampleCompany(ANSWERS));
  const at = timestamp(records.clock.now());
  const sent = { conversation_status: 'initial_message_sent' as const, sent_at: at };
  const asked = await records.accept({ ...sent, ...(waits && { reply_attention: 'reply', reply_since: at }) });
  const origin = { thread: threadIdOf(asked), in_reply_to: asked.conversation_id, owner: 'engine' as const, epoch: 0, sequence: 1 };
  const card = { card_id: 'opening_hours', version: 2, language: 'en-GB', values: { hours: HOURS }, echoes: {} };
  const answer = await records.accept({ ...sent, reply: { ...origin, card } }, '9b0e8d5c-0000-4000-8000-000000000000');
  await records.threads.join({ conversation: answer, vendorMessageId: 'SM-9', at, expects: false });
  const [line] = await records.threads.newest(threadIdOf(asked), 1);
  world.signIn('agent:brightpath');
  return { ...world, asked, line: String(line?.sequence) };
}

test('an agent sees which card an answer says and what proves it; the look is recorded', async () => {
  const { get, asked, line, actions } = await answeredChat();
  const { status, json } = await get(pathOf('replies', asked, '/answer'), { line });
  expect([status, json]).toMatchObject([200, {
    card_id: 'opening_hours', version: 2, isCurrent: true, stale: false,
    values: [{
      variable: 'hours', value: HOURS, claims: expect.arrayContaining([
        expect.objectContaining({ kind: 'time', fact: expect.objectContaining({ path: 'knowledge.opening_hours' }), rule: null }),
      ]),
    }],
  }]);
  expect(actions()).toEqual([{ action: 'read_text', fields: ['text', 'facts'], reason: undefined }]);
  expect(await get(pathOf('replies', asked, '/answer'), { line: '99' })).toMatchObject({
    status: 404, json: { message: expect.stringContaining('no answer from a card') },
  });
  expect((await get(pathOf('replies', asked, '/answer'), { line: 'first' })).status).toBe(400);
});

test('an agent sees the approved cards of the project', async () => {
  const { get, asked } = await answeredChat();
  const { json } = await get(pathOf('replies', asked, '/cards'));
  expect(json.cards).toContainEqual({
    card_id: 'opening_hours', version: 2, language: 'en-GB', when: 'The person asks when somebody can be reached.',
    text: 'We are there {{hours}}.', toFill: [{ name: 'hours', description: 'The opening hours.' }], missing: [],
  });
});

test.each(['/answer', '/cards'])('who may not read the chat is shown nothing of it by %s', async (then) => {
  const { get, asked, line, actions, signIn } = await answeredChat({ waits: false });
  expect(await get(pathOf('replies', asked, then), { line })).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } });
  expect(actions()).toEqual([]);
  signIn('company_admin:brightpath');
  expect((await get(pathOf('replies', asked, then), { line })).status).toBe(200);
});
