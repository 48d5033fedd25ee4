import type { StoredSecret } from '../../../src/core/ports/secret-vault';
import { ANSWERS } from '../../support/answering-world';
import { FakeModel } from '../../support/fake-model';
import { sampleCompany, SAMPLE_VALUES } from '../../support/sample-message';
import { recordsWorld } from './records-world';

const REQUEST = {
  company_data: { company_id: 'brightpath', project_id: 'cv-review' },
  recipient_data: {
    recipient_first_name: 'Ada', recipient_last_name: 'Sample', recipient_tel: '+447700900123',
    recipient_email: 'ada@example.com', comms_consent: true,
  },
  project_data: { position: 'Backend engineer', open_point: 'projects with a message queue' },
  request_data: {
    request_id: '3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90', channel_method: 'sms',
    initial_request_timestamp: '2026-11-02T09:00:00.000Z',
  },
};
const LINK = { question: 'see https://evil.example.org now' };

function tryingWorld(secret: StoredSecret = { state: 'found', fields: { ai_api_key: 'key' } }) {
  const model = new FakeModel(SAMPLE_VALUES);
  const secrets = { read: async () => Promise.resolve(secret), store: jest.fn(), list: jest.fn() };
  const world = recordsWorld({ model, secrets });
  world.signIn('company_admin:brightpath');
  const attempt = async (request: object = REQUEST, company = 'brightpath') =>
    world.post('/playground/dry-run', { request }, { company });
  return { ...world, model, attempt };
}

test('a request is tried: its words, their claims and its text are shown, nothing is kept or sent', async () => {
  const { attempt, records, actions } = tryingWorld();
  const { status, json } = await attempt();
  expect(status).toBe(200);
  expect(json).toMatchObject({
    outcome: 'would_send',
    message: 'This request would be sent.',
    values: [
      {
        variable: 'first_name', verdict: 'copied', value: 'Ada', judged: 'Ada', isRefused: false,
        claims: [{ kind: 'value', rule: null, fact: { path: 'recipient_data.recipient_first_name', start: 0, end: 3 } }],
      },
      { variable: 'question', verdict: 'proved', judged: SAMPLE_VALUES.question },
    ],
    facts: expect.arrayContaining([{ path: 'recipient_data.recipient_first_name', value: 'Ada' }]),
    texts: [{ name: 'text', text: `Hello Ada, ${SAMPLE_VALUES.question}` }],
  });
  expect(records.conversations.all()).toEqual([]);
  expect(records.queue.enqueued).toEqual([]);
  expect(actions()).toEqual([{ action: 'dry_run', fields: ['request'], reason: undefined }]);
});

test('a reply is tried with it: its card, what proves it, its words and the limits', async () => {
  const { attempt, model, post, records } = tryingWorld();
  records.directory.seedCompany({ ...sampleCompany(), ...ANSWERS });
  const hours = 'from Monday to Friday, 9 am to 5 pm';
  model.arrangeValues(SAMPLE_VALUES);
  model.arrange({
    outcome: 'values',
    values: {
      answers: {}, asks: 'question', card: 'opening_hours', values: { hours }, stop: 'none', stop_quote: null,
      language: 'en',
    },
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
  const asked = { request: REQUEST, reply: 'When are you there?' };
  const { json } = await post('/playground/dry-run', asked, { company: 'brightpath' });
  expect(json.reply).toMatchObject({
    outcome: 'would_answer', message: 'The engine would answer this reply.', answers: [],
    card: { card_id: 'opening_hours', version: 2, values: [{ name: 'hours', value: hours, verdict: 'proved' }] },
    says: expect.stringContaining(`We are there ${hours}.`), limits: { perHour: 4, perDay: 12, inARow: 3 },
  });
  const person = await post(
    '/playground/dry-run', { request: REQUEST, reply: 'I want to speak to a person' }, { company: 'brightpath' },
  );
  expect(person.json.reply).toMatchObject({ message: 'This reply would wait for a person.', reason: 'asked_for_person' });
  expect((await attempt()).json.reply).toBeUndefined();
});

test('words that are refused are explained by the rule, in words', async () => {
  const { attempt, model } = tryingWorld();
  model.arrangeValues(LINK, 2);
  const { json } = await attempt();
  expect(json).toMatchObject({
    outcome: 'would_wait_for_a_person',
    reason: 'proof_failed',
    message: 'This request would wait for a reviewer.',
    values: [{}, {
      variable: 'question', verdict: 'refused', refused: expect.stringMatching(/^(?!.*unknown_link).*\.$/),
      judged: LINK.question, isRefused: true,
      claims: expect.arrayContaining([expect.objectContaining({
        kind: 'link', start: 4, fact: null, rule: 'unknown_link', why: expect.stringMatching(/\.$/),
      })]),
    }],
  });
});

test('a request that is malformed names its faults, and is neither tried nor recorded', async () => {
  const { attempt, actions, model } = tryingWorld();
  const { status, json } = await attempt({ ...REQUEST, recipient_data: {} });
  expect([status, json.code]).toEqual([400, 'INVALID_REQUEST']);
  expect(json.message).toContain('recipient_data');
  expect(actions()).toEqual([]);
  expect(model.requests).toEqual([]);
});

test('a request of another company than the role was asked for is refused', async () => {
  const { attempt, model } = tryingWorld();
  const { status, json } = await attempt({
    ...REQUEST, company_data: { company_id: 'zenith', project_id: 'cv-review' },
  });
  expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
  expect(json.message).toContain('another company than is chosen');
  expect(model.requests).toEqual([]);
});

type World = ReturnType<typeof tryingWorld>;
test.each([
  [
    'company_not_found', 'no such project',
    (w: World) => { w.records.directory.removeCompany('brightpath', 'cv-review'); },
  ],
  [
    'record_incomplete', 'open Companies',
    (w: World) => { w.records.directory.seedCompany(sampleCompany({ channel_config: {} })); },
  ],
  [
    'channel_not_allowed', 'does not send on this channel',
    (w: World) => { w.records.directory.seedCompany(sampleCompany({ allowed_channels: ['email'] })); },
  ],
  ['model_unavailable', 'try again', (w: World) => { w.model.arrange({ outcome: 'unavailable' }, 9); }],
])('where nothing could be tried (%s), the page says what to do', async (outcome, words, arrange) => {
  const world = tryingWorld();
  arrange(world);
  const { status, json } = await world.attempt();
  expect(status).toBe(200);
  expect(json).toMatchObject({ outcome, values: [], texts: [], message: expect.stringContaining(words) });
});

test("a missing key of the model's is told by how to store it", async () => {
  const { json } = await tryingWorld({ state: 'missing' }).attempt();
  expect(json).toMatchObject({ outcome: 'model_key_unusable', message: expect.stringContaining('engine secret set') });
});
