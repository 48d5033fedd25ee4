import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { ThreadOwner } from '../../src/core/lifecycle/thread-record';
import type { InboundMessage } from '../../src/core/ports/receipt';
import { keepReply } from '../../src/receipts/keep-reply';
import { ANSWERS } from '../support/answering-world';
import { ConversationWorld, PERSON } from '../support/conversation-world';
import { sampleCompany } from '../support/sample-message';

const CHOICE = {
  name: 'change', question: 'Which change?', type: 'choice', choices: ['Full time', 'Part time'], required: true,
} as const;
const BUTTON = { button: { payload: 'part_time', text: 'Part time' }, text: 'Part time' };

const keep = async (
  world: ConversationWorld, conversation: Conversation, changes: Partial<InboundMessage> = {}, company: object = {},
) => keepReply(
  { from: PERSON, to: '+447700900002', text: 'I was ill', attachments: 0, vendorMessageId: 'SM-1', ...changes },
  conversation, { wish: undefined, neverAnswered: undefined, company: { ...company } }, world.ports,
);

describe('a reply', () => {
  test('is kept, queued to be read after its quiet time, and noted', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    expect(await keep(world, asked)).toBe('appended');
    expect(await world.replies(asked)).toEqual(['I was ill']);
    expect(world.turns.items).toEqual([{ threadId: expect.any(String), company: 'brightpath', delaySeconds: 6 }]);
    expect(await world.record(asked)).toMatchObject({ inbound_ids: ['SM-1'] });
    expect(world.observer.counted('ReplyReceived')).toBe(1);
  });

  test('that the record names already is known, and does nothing', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ inbound_ids: ['SM-1'] });
    expect(await keep(world, asked)).toBe('known');
    expect([await world.replies(asked), world.turns.items]).toEqual([[], []]);
  });

  test('to a record that is full of replies is kept, and told again it is known', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ inbound_ids: Array.from({ length: 10_000 }, (_, index) => `full-${index}`) });
    await keep(world, asked);
    expect(await world.replies(asked)).toEqual(['I was ill']);
    expect(await keep(world, asked)).toBe('known');
    expect(await world.replies(asked)).toEqual(['I was ill']);
  });

  test('is judged by the record that its webhook was proved by, or by its own project\'s', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const load = jest.spyOn(world.directory, 'loadForProcessing');
    const handsOver = sampleCompany({ auto_queue_reply_message: true });
    expect(await keep(world, asked, {}, handsOver)).toBe('handed_off');
    expect(load).not.toHaveBeenCalled();
    expect(await keep(world, asked, { vendorMessageId: 'SM-2' }, { ...handsOver, project_id: 'another' })).toBe('appended');
  });

  test('makes the thread expect its conversation where no line of ours did', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const other = await world.ask({}, '1f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90');
    const join = jest.spyOn(world.threads, 'join');
    await keep(world, asked);
    expect(join).not.toHaveBeenCalled();
    const unseen = await world.seed(
      { ...other, conversation_id: other.conversation_id.replace('1f0c', '2f0c'), vendor_message_id: 'SM-late' },
    );
    await keep(world, unseen, { vendorMessageId: 'SM-2' });
    expect((await world.thread(asked)).expecting).toContain(unseen.conversation_id);
  });

  test('that comes in while others write its thread is taken in all the same', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const thread = await world.thread(asked);
    jest.spyOn(world.threads, 'change').mockResolvedValueOnce({ applied: false, thread });
    expect(await keep(world, asked)).toBe('appended');
    expect(world.turns.items).toHaveLength(1);
  });

  test('fails where its thread changes all the time, so that the vendor repeats its call', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const thread = await world.thread(asked);
    jest.spyOn(world.threads, 'change').mockResolvedValue({ applied: false, thread });
    await expect(keep(world, asked)).rejects.toThrow('The vendor repeats its call.');
    expect(await world.record(asked)).not.toHaveProperty('inbound_ids');
  });

  test('of which the thread has gone is read by nobody', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    jest.spyOn(world.threads, 'change').mockResolvedValue({ applied: false });
    expect(await keep(world, asked)).toBe('appended');
    expect(world.turns.items).toEqual([]);
  });

  test('of a mail says what is not kept of it', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const mail = { isAutomatic: false, isCut: true };
    expect(await keep(world, asked, { attachments: 1, mail })).toBe('handed_off');
    expect(await world.replies(asked)).toEqual([
      'I was ill\n[the mail is longer: the rest is not kept]\n[an attachment: not kept, ask the writer for it]',
    ]);
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('limit');
  });
});

describe('a reply whose call died before the record named it', () => {
  const PICTURE = { text: '', attachments: 1 };
  const answering = sampleCompany(ANSWERS);

  const give = async (world: ConversationWorld, asked: Conversation, owner: ThreadOwner) => (
    world.threads.change(threadIdOf(asked), { name: 'give', when: [{ owner: { exists: true } }], set: { owner } })
  );

  async function dies(world: ConversationWorld, asked: Conversation, changes: Partial<InboundMessage>) {
    jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('down'));
    await expect(keep(world, asked, changes)).rejects.toThrow('down');
  }

  test('goes to a person as it was decided, though the engine has its thread again', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.directory.seedCompany(answering);
    await give(world, asked, 'person');
    await dies(world, asked, PICTURE);
    await give(world, asked, 'engine');
    expect(await keep(world, asked, PICTURE)).toBe('handed_off');
    expect(await world.record(asked)).toMatchObject({ hand_off_to_human_reason: 'no_text' });
    expect(await world.threads.newest(threadIdOf(asked), 1)).toMatchObject([{ unread: 'no_text' }]);
  });

  test('is answered by its card as it was decided, though a person has its thread by now', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.directory.seedCompany(answering);
    await dies(world, asked, PICTURE);
    await give(world, asked, 'person');
    expect(await keep(world, asked, PICTURE)).toBe('appended');
    expect(world.turns.items).toHaveLength(2);
  });

  test('goes to a person though the project hands replies over no more', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.directory.seedCompany(sampleCompany({ auto_queue_reply_message: true }));
    await dies(world, asked, {});
    world.directory.seedCompany(sampleCompany());
    expect(await keep(world, asked)).toBe('handed_off');
    expect(await world.record(asked)).toMatchObject({ hand_off_to_human_reason: 'reply_received' });
  });

  test('goes to a person once, whoever has its thread by now', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await dies(world, asked, PICTURE);
    await give(world, asked, 'engine');
    await keep(world, asked, { vendorMessageId: 'SM-2' });
    expect(await keep(world, asked, PICTURE)).toBe('handed_off');
    expect(await world.thread(asked)).toMatchObject({ owner: 'engine', history: [{ event: 'handed_off' }] });
  });

  test('is judged anew where an older version kept it', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.directory.seedCompany(sampleCompany({ auto_queue_reply_message: true }));
    const kept = await world.threads.keep({
      conversation: asked, vendorMessageId: 'SM-1', unread: 'no_text', message: {
        message_id: 'old', timestamp: '2026-11-22T10:00:00.000Z', role: 'user', content: '', prompt_tokens: 0,
        completion_tokens: 0, total_tokens: 0,
      },
    });
    jest.spyOn(world.threads, 'keep').mockResolvedValue({ sequence: kept.sequence, isNew: false });
    expect(await keep(world, asked, PICTURE)).toBe('handed_off');
  });

  test('gives its button\'s answer', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ expected_answers: [CHOICE] });
    await dies(world, asked, BUTTON);
    expect(await keep(world, asked, BUTTON)).toBe('appended');
    const [line] = await world.threads.newest(threadIdOf(asked), 1);
    expect((await world.record(asked)).answers).toMatchObject({ change: { value: 'Part time', message_id: line?.message_id } });
  });
});

describe('a message of a sender of the deployment', () => {
  test.each([
    ['another company\'s', (world: ConversationWorld) => world.senders.note(PERSON)],
    ['the project\'s own, which never sent', (world: ConversationWorld) => {
      const { channel_config: { sms, ...others } } = sampleCompany();
      const own = { ...others, sms: { ...sms, company_sms_number: PERSON } };
      world.directory.seedCompany(sampleCompany({ channel_config: own }));
    }],
  ])('is kept, and read by no model: %s', async (_whose, arrange) => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await arrange(world);
    expect(await keep(world, asked)).toBe('appended');
    expect(world.turns.items).toEqual([]);
    expect(await world.threads.newest(threadIdOf(asked), 1)).toMatchObject([{ unread: 'own_sender' }]);
  });
});

describe('a pressed button', () => {
  test('answers its question at once, and no model reads it', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ expected_answers: [CHOICE] });
    expect(await keep(world, asked, BUTTON)).toBe('appended');
    expect(await world.record(asked)).toMatchObject({
      task_complete: 1, answers: { change: { value: 'Part time', quote: 'Part time', version: 1 } },
    });
    expect(world.turns.items).toEqual([]);
  });

  test('answers it though the record changed meanwhile', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ expected_answers: [CHOICE] });
    jest.spyOn(world.conversations, 'change')
      .mockResolvedValueOnce({ applied: false, conversation: await world.record(asked) });
    await keep(world, asked, BUTTON);
    expect((await world.record(asked)).answers).toMatchObject({ change: { value: 'Part time', version: 1 } });
  });

  test('answers nothing in a record that was erased meanwhile', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask({ expected_answers: [CHOICE] });
    world.conversations.remove(asked);
    expect(await keep(world, asked, BUTTON)).toBe('unmatched');
    expect(await world.replies(asked)).toEqual([]);
  });
});
