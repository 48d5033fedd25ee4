import { sampleCompany } from '../support/sample-message';
import { CONVERSATION_ID, RECIPIENT, REQUEST_ID, RouterWorld, sampleRequest } from './router-world';

const SECONDS_OF_A_DAY = 24 * 60 * 60;
const NOW_SECONDS = Date.parse('2026-11-02T09:00:00.000Z') / 1000;

test('an accepted request becomes this record', async () => {
  const world = new RouterWorld();
  await world.post(sampleRequest());
  expect(world.conversations.all()).toEqual([
    {
      primary_channel: RECIPIENT,
      conversation_id: CONVERSATION_ID,
      company_id: 'brightpath',
      project_id: 'cv-review',
      company_name: 'Brightpath Recruitment',
      project_name: 'CV review',
      company_project: 'brightpath#cv-review',
      channel_method: 'sms',
      request_id: REQUEST_ID,
      initial_request_timestamp: '2026-11-02T08:59:58Z',
      recipient_first_name: 'Ada',
      recipient_last_name: 'Sample',
      recipient_tel: RECIPIENT,
      recipient_email: 'ada@example.com',
      comms_consent: true,
      project_data: { position: 'Backend engineer', years: [2019, 2021] },
      conversation_status: 'initiated',
      messages: [],
      history: [{ at: '2026-11-02T09:00:00.000Z', status: 'initiated' }],
      task_complete: 0,
      hand_off_to_human: false,
      router_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      created_at: '2026-11-02T09:00:00.000Z',
      updated_at: '2026-11-02T09:00:00.000Z',
      send_before: '2026-11-03T09:00:00.000Z',
      time_to_live: NOW_SECONDS + 30 * SECONDS_OF_A_DAY,
      last_change: expect.any(String),
      attention: 'stuck#3',
      due_at: '2026-11-02T09:01:00.000Z',
      attempt_count: 0,
    },
  ]);
});

test('an e-mail\'s record lies under the recipient\'s address and names the company\'s', async () => {
  const world = new RouterWorld();
  const answer = await world.post(
    sampleRequest({ recipient_data: { recipient_tel: undefined }, request_data: { channel_method: 'EMAIL' } }),
  );
  const key = {
    primary_channel: 'ada@example.com',
    conversation_id: `brightpath#cv-review#${REQUEST_ID}#talent@example.com`,
  };
  expect(answer.json.conversation_id).toBe(key.conversation_id);
  expect(world.conversations.all()).toMatchObject([{ ...key, channel_method: 'email' }]);
  expect(world.conversations.all()[0]).not.toHaveProperty('recipient_tel');
});

test.each([
  ['email', { recipient_email: 'Priya.Shah@Example.COM' }, 'priya.shah@example.com'],
  ['sms', { recipient_tel: '+5215512345678' }, '+525512345678'],
])(
  'the record of a message by %s lies under the identity of its address, and keeps what the client wrote',
  async (channel, written, key) => {
    const world = new RouterWorld();
    await world.post(sampleRequest({ recipient_data: written, request_data: { channel_method: channel } }));
    expect(world.conversations.all()).toMatchObject([{ primary_channel: key, ...written }]);
    expect(world.directory.allIdempotencyRecords()).toMatchObject([{ conversation: { primary_channel: key } }]);
  },
);

test('the template decides how long the message is of use', async () => {
  const { channel_config: channels } = sampleCompany();
  const sms = { ...channels.sms, template: { ...channels.sms.template, valid_for_minutes: 90 } };
  const world = new RouterWorld({ channel_config: { ...channels, sms } });
  await world.post(sampleRequest());
  expect(world.conversations.all()).toMatchObject([{ send_before: '2026-11-02T10:30:00.000Z' }]);
});

test('the idempotency record leads to the record, outlives it and holds no more of the request than its hash', async () => {
  const world = new RouterWorld();
  await world.post(sampleRequest());
  expect(world.directory.allIdempotencyRecords()).toEqual([
    {
      company_id: 'brightpath',
      project_id: 'cv-review',
      request_id: REQUEST_ID,
      body_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      conversation: { primary_channel: RECIPIENT, conversation_id: CONVERSATION_ID },
      accepted_at: '2026-11-02T09:00:00.000Z',
      time_to_live: NOW_SECONDS + 37 * SECONDS_OF_A_DAY,
    },
  ]);
});

test('a request without facts has none', async () => {
  const world = new RouterWorld();
  await world.post({ ...sampleRequest(), project_data: null });
  expect(world.conversations.all()).toMatchObject([{ project_data: {} }]);
});
