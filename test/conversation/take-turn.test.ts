import { takeTurn } from '../../src/conversation/take-turn';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { claimTurn } from '../../src/core/lifecycle/thread-transitions';
import { timestamp } from '../../src/core/ports/clock';
import { ConversationWorld, EXPECTED } from '../support/conversation-world';

const GAP = { value: 'I was on parental leave', quote: 'I was on parental leave' };
const START = { value: '2027-03-12', quote: '12 March 2027' };

describe('a reply', () => {
  test('in two bursts gives both answers, each with the recipient\'s own words', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ answers: { '1.gap_reason': GAP } }, { answers: { '1.start_date': START } });
    expect(await world.write('Hello! I was on parental leave from May.')).toBe('appended');
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect((await world.record(asked)).answers).toMatchObject({ gap_reason: { value: 'I was on parental leave' } });
    expect((await world.record(asked)).task_complete).toBe(0);
    await world.write('And I can start on 12 March 2027.');
    await world.turn(asked);
    const record = await world.record(asked);
    expect(record).toMatchObject({
      task_complete: 1,
      answers: {
        gap_reason: { value: 'I was on parental leave', quote: 'I was on parental leave', version: 1 },
        start_date: { value: '2027-03-12', quote: '12 March 2027', version: 1 },
      },
    });
    expect(record.history.at(-1)).toMatchObject({ event: 'answered' });
    expect(world.handoff.items).toEqual([]);
    expect(await world.thread(asked)).toMatchObject({ owner: 'engine', epoch: 0, sequence: 3, handled_until: 3 });
    expect(await world.thread(asked)).not.toHaveProperty('attention');
  });

  test('whose call died before it was taken in takes nothing back that a newer one has said', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    const first = { value: '2027-04-14', quote: '14 April 2027' };
    world.answers({ answers: { '1.start_date': START } }, { answers: { '1.start_date': first } });
    const late = { vendorMessageId: 'SM-first' };
    jest.spyOn(world.threads, 'change').mockRejectedValueOnce(new Error('the function was ended'));
    await expect(world.write('I can start on 14 April 2027', late)).rejects.toThrow('the function was ended');
    await world.write('No, on 12 March 2027');
    await world.turn(asked);
    // The vendor repeats its call; the message was read along with the newer one, and is not read again.
    await world.write('I can start on 14 April 2027', late);
    await world.turn(asked);
    expect(world.asked).toHaveLength(1);
    expect((await world.record(asked)).answers?.start_date).toMatchObject({ value: '2027-03-12', version: 1 });
  });

  test('whose call died after an older one was taken in is read with it, and never again', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ answers: { '1.gap_reason': GAP } }, {});
    await world.write('I was on parental leave');
    const repeated = { vendorMessageId: 'SM-repeated' };
    jest.spyOn(world.threads, 'change').mockRejectedValueOnce(new Error('the function was ended'));
    await expect(world.write('What are your opening hours?', repeated)).rejects.toThrow('the function was ended');
    await world.turn(asked);
    await world.write('What are your opening hours?', repeated);
    await world.turn(asked);
    expect(world.asked).toHaveLength(1);
    await world.write('Thank you!');
    await world.turn(asked);
    expect(world.asked.map(({ facts }) => (JSON.parse(facts) as { readonly messages: unknown }).messages)).toEqual([
      ['I was on parental leave', 'What are your opening hours?'], ['Thank you!'],
    ]);
  });

  test('is queued by the thread alone, with the quiet time as delay, and read once however often it is queued', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ answers: { '1.gap_reason': GAP } });
    await world.write('I was on parental leave');
    expect(world.turns.items).toEqual([
      { threadId: expect.stringMatching(/^[0-9a-f]{32}$/), company: 'brightpath', delaySeconds: 6 },
    ]);
    expect(await world.turn(asked, 1_000)).toEqual({ outcome: 'done' });
    expect(world.asked).toHaveLength(0);
    await Promise.all([world.turn(asked), world.turn(asked, 0), world.turn(asked, 0)]);
    await world.turn(asked);
    expect(world.asked).toHaveLength(1);
    expect((await world.record(asked)).answers?.gap_reason?.version).toBe(1);
  });

  test('tells the model the questions, and nothing that names the recipient or a record', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({});
    await world.write('Which gap do you mean?');
    await world.turn(asked);
    const [request] = world.asked;
    expect(JSON.parse(request?.facts ?? '')).toMatchObject({
      expected: { '1.gap_reason': { question: EXPECTED[0]?.question, type: 'text' } },
      messages: ['Which gap do you mean?'],
    });
    const sent = JSON.stringify([request?.facts, request?.instructions, request?.schema]);
    expect(sent).not.toContain('447700900');
    expect(sent).not.toContain(asked.request_id);
  });
});

describe('a thread', () => {
  test('is closed by a stop and opened by its lift, whatever is reported again', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({});
    await world.write('STOP', { vendorMessageId: 'SM-stop' });
    expect(await world.thread(asked)).toMatchObject({
      owner: 'nobody', epoch: 1, history: [{ event: 'closed', reason: 'opted_out' }],
    });
    await world.write('START', { vendorMessageId: 'SM-start' });
    await world.write('STOP', { vendorMessageId: 'SM-stop' });
    expect(await world.thread(asked)).toMatchObject({ owner: 'engine', epoch: 2 });
  });

  test('is handed over where the recipient asks for a person in words of no list', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ asks: 'person' });
    await world.write('Is there anybody with a pulse around?');
    await world.turn(asked);
    expect(await world.record(asked)).toMatchObject({
      hand_off_to_human: true, hand_off_to_human_reason: 'asked_for_person', reply_attention: 'reply',
    });
    expect(world.handoff.items).toHaveLength(1);
    expect(await world.thread(asked)).toMatchObject({ owner: 'person', epoch: 1, history: [{ event: 'handed_off' }] });
  });

  test('hears a stop in other words by its quote, and hands over one that is not quoted', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ stop: 'clear', stop_quote: 'lose my number' }, { stop: 'clear', stop_quote: 'never said' });
    await world.write('Do me a favour and lose my number, will you');
    await world.turn(asked);
    const optedOut = async () => world.directory.optedOutOf({ recipient: asked.primary_channel, company: 'brightpath' });
    expect(await optedOut()).toEqual(['447700900002']);
    expect(await world.thread(asked)).toMatchObject({ owner: 'nobody' });
    const other = new ConversationWorld();
    const second = await other.ask();
    other.answers({ stop: 'clear', stop_quote: 'never said' });
    await other.write('Stop by at five');
    expect((await other.record(second)).hand_off_to_human_reason).toBe('asked_for_person');
  });
});

describe('the model', () => {
  test('is asked again while it is away, and after two minutes a person sees the burst', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await world.write('I was on parental leave');
    expect(await world.turn(asked)).toEqual({ outcome: 'retry', afterSeconds: 15 });
    expect(await world.turn(asked, 15_000)).toEqual({ outcome: 'retry', afterSeconds: 15 });
    expect(await world.turn(asked, 120_000)).toEqual({ outcome: 'done' });
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('model_unavailable');
    expect((await world.thread(asked)).understandings).toBe(1);
  });

  test('is paid once though a worker dies between the understanding and the records', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ answers: { '1.gap_reason': GAP } });
    await world.write('I was on parental leave');
    jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('down'));
    await expect(world.turn(asked)).rejects.toThrow('down');
    expect(await world.turn(asked, 0)).toEqual({ outcome: 'done' });
    expect(world.asked).toHaveLength(1);
    expect((await world.record(asked)).answers?.gap_reason).toMatchObject({ version: 1 });
  });

  test.each([
    ['a hand-off', { asks: 'person' }, 'handed_off'],
    ['a stop', { stop: 'clear', stop_quote: 'leave me alone' }, 'closed'],
  ] as const)('dates %s by when it stands on the thread, however long the database was away', async (_what, answer, event) => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers(answer);
    await world.write('Just leave me alone, you all');
    const change = world.threads.change.bind(world.threads);
    const finish = jest.spyOn(world.threads, 'change');
    finish.mockImplementation(async (id, one) => {
      if (one.name === 'finish turn') throw new Error('down');
      return change(id, one);
    });
    await expect(world.turn(asked)).rejects.toThrow('down');
    finish.mockRestore();
    await world.turn(asked, 5 * 60 * 60_000);
    // What is older than an hour when it is seen first is no news: clients would not be told.
    expect((await world.thread(asked)).history).toMatchObject([{ event, at: timestamp(world.clock.now()) }]);
  });

  test('is asked 24 times a day for a thread, and then a person reads', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({});
    for (let count = 0; count < 25; count += 1) {
      await world.write(`Message ${count} of a long chat`);
      await world.turn(asked);
    }
    expect(world.asked).toHaveLength(24);
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('limit');
  });

  test('reads no burst of more than 8,000 characters', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({});
    await world.write('word '.repeat(2_000));
    await world.turn(asked);
    expect(world.asked).toHaveLength(0);
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('limit');
  });
});

test('a message that comes in behind a newer one is read all the same', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  world.answers({ answers: { '1.gap_reason': GAP } });
  const find = world.threads.keep.bind(world.threads);
  let late = Promise.resolve({ sequence: 0, isNew: false });
  jest.spyOn(world.threads, 'keep').mockImplementationOnce(async (reply) => {
    late = find(reply);
    await late;
    throw new Error('killed');
  });
  await expect(world.write('I was on parental leave', { vendorMessageId: 'SM-late' })).rejects.toThrow('killed');
  await world.write('Anything else?');
  await world.turn(asked);
  await world.write('I was on parental leave', { vendorMessageId: 'SM-late' });
  await world.turn(asked);
  expect(JSON.parse(world.asked[0]?.facts ?? '')).toMatchObject({ messages: expect.arrayContaining(['Anything else?']) });
  expect((await world.record(asked)).answers).toHaveProperty('gap_reason');
});

describe('a queue message', () => {
  test('of a thread that has gone is done', async () => {
    const { turnPorts } = new ConversationWorld();
    expect(await takeTurn('a'.repeat(32), turnPorts)).toEqual({ outcome: 'done' });
  });

  test('that comes a little early waits for its burst, and one that comes much earlier is done', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await world.write('I was on parental leave');
    expect(await world.turn(asked, 3_000)).toEqual({ outcome: 'done' });
    expect(await world.turn(asked, 1_500)).toEqual({ outcome: 'retry', afterSeconds: 2 });
    expect(world.asked).toEqual([]);
  });

  test('whose burst another worker has comes again', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({});
    await world.write('I was on parental leave');
    jest.spyOn(world.threads, 'change').mockResolvedValueOnce({
      applied: false, thread: {
        ...(await world.thread(asked)), turn_owner: 'another', turn_until: timestamp(world.clock.now() + 60_000),
      },
    });
    expect(await world.turn(asked)).toEqual({ outcome: 'retry', afterSeconds: 5 });
    expect(world.asked).toEqual([]);
  });

  test('whose thread is written at the moment of its turn is read all the same, however often', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    world.answers({ answers: { '1.gap_reason': GAP } });
    await world.write('I was on parental leave');
    const overtaken = async () => ({ applied: false, thread: await world.thread(asked) }) as const;
    jest.spyOn(world.threads, 'change').mockImplementationOnce(overtaken).mockImplementationOnce(overtaken);
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect((await world.record(asked)).answers).toMatchObject({ gap_reason: { value: 'I was on parental leave' } });
  });

  test('whose thread was handled or removed at that moment is done', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await world.write('I was on parental leave');
    const { answer_due_at: _due, ...handled } = await world.thread(asked);
    jest.spyOn(world.threads, 'change')
      .mockResolvedValueOnce({ applied: false, thread: handled })
      .mockResolvedValueOnce({ applied: false, thread: undefined });
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect(world.asked).toEqual([]);
  });

  test('whose burst nobody expects anything of any more is done, and no model is asked', async () => {
    const world = new ConversationWorld();
    const asked = await world.ask();
    await world.write('I was on parental leave');
    world.conversations.remove(asked);
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect(world.asked).toEqual([]);
    expect(await world.thread(asked)).toMatchObject({ sequence: 2, handled_until: 2 });
    expect(await world.thread(asked)).not.toHaveProperty('answer_due_at');
  });
});

test('what was understood is not kept where another worker has the turn by now', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  await world.write('I was on parental leave');
  world.answersWith(() => {
    jest.spyOn(world.threads, 'change').mockImplementationOnce(async () => (
      { applied: false, thread: await world.thread(asked) }
    ));
    return { outcome: 'refused', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } };
  });
  expect(await world.turn(asked)).toEqual({ outcome: 'retry', afterSeconds: 5 });
  expect((await world.record(asked)).hand_off_to_human).toBe(false);
});

test('a burst is finished though others write the thread meanwhile', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  await world.write('I was on parental leave');
  world.conversations.remove(asked);
  const change = world.threads.change.bind(world.threads);
  jest.spyOn(world.threads, 'change')
    .mockImplementationOnce(change)
    .mockImplementationOnce(async () => ({ applied: false, thread: await world.thread(asked) }));
  expect(await world.turn(asked)).toEqual({ outcome: 'done' });
  expect(await world.thread(asked)).toMatchObject({ handled_until: 2 });
});

test('a slow worker whose turn another one finished leaves a newer turn alone', async () => {
  const world = new ConversationWorld();
  const asked = await world.ask();
  world.answers({ answers: { '1.gap_reason': GAP } });
  await world.write('I was on parental leave');
  const change = world.conversations.change.bind(world.conversations);
  jest.spyOn(world.conversations, 'change').mockImplementationOnce(async (key, one) => {
    await world.turn(asked, 0);
    await world.write('And I can start on 12 March 2027.');
    const now = world.clock.now();
    const seen = await world.thread(asked);
    await world.threads.change(threadIdOf(asked), claimTurn({ seen, owner: 'newer', now }));
    return change(key, one);
  });
  expect(await world.turn(asked)).toEqual({ outcome: 'done' });
  expect(await world.thread(asked)).toMatchObject({ turn_owner: 'newer', handled_until: 2 });
});
