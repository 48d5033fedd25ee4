import { MUTATIONS } from './mutations';
import { planRun } from './plan';
import { runPlan } from './run';
import { tellFailure } from './tell-failure';

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
  const mutation = MUTATIONS.find(({ name }) => name.startsWith('mark send unknown'));
  const told = await tellFailure(mutation?.killedBy ?? 0, mutation);
  expect(told).toContain('the vendor accepted it 2 times');
  expect(told).toContain(`npx projen simulate --seed ${mutation?.killedBy}`);
  expect(told?.match(/^ {2}(request|send|call|receipt|queue|fill|lookup) /gm)).toHaveLength(3);
});
