import { MUTATIONS } from './mutations';
import { planRun } from './plan';
import { runPlan } from './run';
import { tellFailure } from './tell-failure';

/** `npx projen simulate --seeds 100000` runs more. */
const SEEDS = 2000;

test(`no message is lost and none sent twice in ${SEEDS} runs with crashes, duplicates, delays and lost answers`, async () => {
  const endings = new Map<string, number>();
  const failing: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await runPlan(planRun(seed));
    if (run.violations.length > 0) failing.push(seed);
    for (const ending of run.endings) endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  const [first] = failing;
  expect(first === undefined ? undefined : await tellFailure(first)).toBeUndefined();
  // The runs reached every kind of end that mishaps can lead to, or they would prove little.
  expect([...endings.keys()].sort()).toEqual([
    'awaiting_review', 'expired', 'failed_to_send_message', 'initial_message_sent', 'send_unconfirmed', 'suppressed',
  ]);
}, 120_000);

test('a seed makes the same run each time', async () => {
  const [one, other] = [await runPlan(planRun(77), { tells: true }), await runPlan(planRun(77), { tells: true })];
  expect(one.told.length).toBeGreaterThan(20);
  expect(other).toEqual(one);
});

test.each(MUTATIONS)('the simulation finds the mutation "$name"', async (mutation) => {
  const plan = planRun(mutation.killedBy);
  expect((await runPlan(plan, { mutation })).violations).not.toEqual([]);
  expect((await runPlan(plan)).violations).toEqual([]);
});

test('a failing seed is told by the least that leads to it', async () => {
  const mutation = MUTATIONS.find(({ name }) => name.startsWith('lose answer'));
  const told = await tellFailure(mutation?.killedBy ?? 0, mutation);
  expect(told).toContain('the vendor accepted it 2 times');
  expect(told).toContain(`npx projen simulate --seed ${mutation?.killedBy}`);
  expect(told?.match(/^ {2}(request|send|call|receipt|queue|fill|lookup) /gm)).toHaveLength(2);
});
