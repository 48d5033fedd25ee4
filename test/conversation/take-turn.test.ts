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
