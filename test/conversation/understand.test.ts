import type { FillResult } from '../../src/core/ports/language-model';
import { ConversationWorld } from '../support/conversation-world';
import { sampleCompany, SAMPLE_MODEL_SECRET } from '../support/sample-message';

const USAGE = { prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 };
const GAP = { value: 'I was on parental leave', quote: 'I was on parental leave' };
const BUDGET = {
  currency: 'GBP',
  monthly_limit: 10,
  prices: { tokens_in_per_1000: 1, tokens_out_per_1000: 10, messages: { whatsapp: 0.05, sms: 0.05, email: 0.001 } },
};
const OWNER = { company: 'brightpath', project: 'cv-review' };

async function written(world: ConversationWorld) {
  const asked = await world.ask();
  await world.write('I was on parental leave');
  return asked;
}

test('a model\'s key that is missing puts the burst before a person, and no model is asked', async () => {
  const world = new ConversationWorld();
  world.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'missing' });
  const asked = await written(world);
  expect(await world.turn(asked)).toEqual({ outcome: 'done' });
  expect((await world.record(asked)).hand_off_to_human_reason).toBe('model_unavailable');
  expect(world.asked).toEqual([]);
});

test('settings that nobody can read put the burst before a person', async () => {
  const world = new ConversationWorld();
  const asked = await written(world);
  world.directory.seedCompany(sampleCompany({ ai_config: {} }));
  expect(await world.turn(asked)).toEqual({ outcome: 'done' });
  expect((await world.record(asked)).hand_off_to_human_reason).toBe('model_unavailable');
  expect(world.asked).toEqual([]);
});

describe('a model', () => {
  test.each<FillResult['outcome'] & ('refused' | 'truncated' | 'filtered' | 'unreadable')>([
    'refused', 'truncated', 'filtered', 'unreadable',
  ])('whose answer is %s leaves the burst to a person, and is named in the record of what was read', async (outcome) => {
    const world = new ConversationWorld();
    const asked = await written(world);
    world.answersWith(() => ({ outcome, usage: USAGE }));
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect(await world.record(asked)).toMatchObject({ hand_off_to_human_reason: 'not_understood' });
    expect((await world.record(asked)).answers).toBeUndefined();
    expect(world.observer.counted('ModelTokens')).toBe(320);
  });

  test('that answers in another form is not understood', async () => {
    const world = new ConversationWorld();
    const asked = await written(world);
    world.answersWith(() => ({ outcome: 'values', values: { answers: 'all of them' }, usage: USAGE }));
    await world.turn(asked);
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('not_understood');
  });

  test('that no operator has set up right is tried again, and alarms', async () => {
    const world = new ConversationWorld();
    const asked = await written(world);
    world.answersWith(() => ({ outcome: 'misconfigured', code: 'invalid_api_key' }));
    expect(await world.turn(asked)).toEqual({ outcome: 'retry', afterSeconds: 15 });
    expect(world.observer.counted('ConfigurationFault')).toBe(1);
    expect(world.observer.lines).toContainEqual(expect.objectContaining({
      level: 'warn', message: 'the model refuses to read replies',
      fields: expect.objectContaining({ detail: 'invalid_api_key' }),
    }));
    expect((await world.record(asked)).hand_off_to_human).toBe(false);
  });

  test('that may not be asked any more is tried again later', async () => {
    const world = new ConversationWorld();
    const asked = await written(world);
    world.answersWith(() => ({ outcome: 'not_allowed' }));
    expect(await world.turn(asked)).toEqual({ outcome: 'retry', afterSeconds: 15 });
    expect(world.observer.counted('ConfigurationFault')).toBe(0);
  });
});

describe('a project\'s budget', () => {
  test('pays what the call did cost, and no more of what was reserved for it', async () => {
    const world = new ConversationWorld({ budget: { ...BUDGET, monthly_limit: 1_000 } });
    const asked = await written(world);
    world.answers({ answers: { '1.gap_reason': GAP } });
    await world.turn(asked);
    expect((await world.record(asked)).answers).toHaveProperty('gap_reason');
    const { committed, open } = world.limits.book.of(OWNER);
    // 300 tokens in and 20 out.
    expect([...committed.values()]).toEqual([500_000]);
    expect(open.size).toBe(0);
    expect(world.observer.counted('Spent')).toBeCloseTo(0.5);
  });

  test('that is used up puts the burst before a person, and no model is asked', async () => {
    const world = new ConversationWorld({ budget: { ...BUDGET, monthly_limit: 0.01 } });
    const asked = await written(world);
    world.answers({ answers: { '1.gap_reason': GAP } });
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect(world.asked).toEqual([]);
    expect((await world.record(asked)).hand_off_to_human_reason).toBe('limit');
  });

  test('that cannot be settled loses no answer, and is told to the operators', async () => {
    const world = new ConversationWorld({ budget: { ...BUDGET, monthly_limit: 1_000 } });
    const asked = await written(world);
    world.answers({ answers: { '1.gap_reason': GAP } });
    jest.spyOn(world.limits, 'releaseReservation').mockRejectedValueOnce(new Error('down'));
    expect(await world.turn(asked)).toEqual({ outcome: 'done' });
    expect((await world.record(asked)).answers).toHaveProperty('gap_reason');
    expect(world.observer.lines).toContainEqual(expect.objectContaining({
      level: 'error', message: 'the cost of a turn could not be counted', fields: OWNER,
    }));
  });
});
