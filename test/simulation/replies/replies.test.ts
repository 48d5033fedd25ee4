import { REPLY_MUTATIONS } from './reply-mutations';
import { planReplies } from './reply-plan';
import { runReplies } from './reply-run';
import { tellReplies } from './tell-replies';

test('a seed makes the same chat each time', async () => {
  const [one, other] = [
    await runReplies(planReplies(7), { tells: true }), await runReplies(planReplies(7), { tells: true }),
  ];
  expect(one.told.length).toBeGreaterThan(20);
  expect(other).toEqual(one);
});

test.each(REPLY_MUTATIONS)('the simulation of replies finds the mutation "$name"', async (mutation) => {
  const plan = planReplies(mutation.killedBy);
  expect((await runReplies(plan, { mutation })).violations).not.toEqual([]);
  expect((await runReplies(plan)).violations).toEqual([]);
});

test('a failing chat is told by the least that leads to it', async () => {
  const mutation = REPLY_MUTATIONS.find(({ name }) => name === 'inbound: an opt-out is not written');
  const told = await tellReplies(mutation?.killedBy ?? 0, mutation);
  expect(told).toContain('a stop was not heard');
  expect(told).toMatch(/ {2}faults: \[\]/);
});
