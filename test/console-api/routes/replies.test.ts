import { pathOf, recordsWorld, UNKNOWN } from './records-world';

async function repliedWorld() {
  const world = recordsWorld();
  const replied = await world.records.accept({
    conversation_status: 'initial_message_sent',
    inbound_ids: ['SM-1', 'SM-2'],
    reply_attention: 'reply',
    reply_since: '2026-11-02T08:30:00.000Z',
  });
  world.signIn('agent:brightpath');
  const acknowledge = async (seen: number, about: { readonly conversation_id: string } = replied) =>
    world.post(pathOf('replies', about, '/acknowledge'), { seen });
  return { ...world, replied, acknowledge };
}

test('waiting replies are listed by how long they wait, without address or text', async () => {
  const { get, replied } = await repliedWorld();
  const { status, json, body } = await get('/replies');
  expect(status).toBe(200);
  expect(json).toMatchObject({
    waiting: [{ conversationId: replied.conversation_id, replies: 2, waiting: 2, waitedSeconds: 1800 }],
    more: false,
  });
  expect(String(body)).not.toContain(replied.recipient_tel);
});

test('replies that were read are marked once, by name, and leave the list', async () => {
  const { acknowledge, get, actions, records, replied } = await repliedWorld();
  expect(await acknowledge(2)).toMatchObject({ status: 200, json: { outcome: 'done', message: 'Marked as done.' } });
  const dealt = [{ by: 'robin@example.com', replies: 2 }];
  expect(await records.record(replied)).toMatchObject({ replies_dealt_with: dealt });
  expect((await get('/replies')).json.waiting).toEqual([]);
  const { status, json } = await acknowledge(2);
  expect([status, json.code]).toEqual([409, 'DECIDED']);
  expect(json.message).toContain('robin@example.com marked them as done at 2026-11-02T09:00:00.000Z');
  expect(actions()).toEqual([{ action: 'acknowledge_replies', fields: ['replies_dealt_with'], reason: undefined }]);
});

test('a reply that came since keeps all of them waiting', async () => {
  const { acknowledge, records, replied, actions } = await repliedWorld();
  const { status, json } = await acknowledge(1);
  expect([status, json.code]).toEqual([409, 'CHANGED']);
  expect(json.message).toContain('another reply came since');
  expect(await records.record(replied)).toEqual(replied);
  expect(actions()).toEqual([]);
});

test('where none waits, and where no record is, it is said so', async () => {
  const { acknowledge, records } = await repliedWorld();
  const quiet = await records.accept({}, '9b0e8d5c-0000-4000-8000-000000000000');
  expect((await acknowledge(0, quiet)).json).toMatchObject({
    code: 'DECIDED',
    message: 'No reply of this conversation waits for a person.',
  });
  expect((await acknowledge(0, UNKNOWN)).json.code).toBe('NOT_FOUND');
});

test('a record that changes while it is written, or goes, is not said to be done', async () => {
  const { acknowledge, records, replied } = await repliedWorld();
  const change = jest.spyOn(records.conversations, 'change');
  change.mockImplementation(async () => Promise.resolve({ applied: false, conversation: replied }));
  expect((await acknowledge(2)).json).toMatchObject({ code: 'CHANGED', message: expect.stringContaining('Try again') });
  change.mockImplementation(async () => Promise.resolve({ applied: false }));
  expect((await acknowledge(2)).json).toMatchObject({ code: 'NOT_FOUND' });
});
