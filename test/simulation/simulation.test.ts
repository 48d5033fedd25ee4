import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MUTATIONS } from './mutations';
import { planRun } from './plan';
import { runPlan } from './run';
import { tellFailure } from './tell-failure';

/** `npx projen simulate --seeds 100000` runs more. */
const SEEDS = 2000;

/** In a process of its own, as the command: inside the test runner the same code takes ten times as long. */
async function simulate(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/simulation/simulate.ts', ...words], { cwd: process.cwd() });
  return stdout;
}

test(`no message is lost and none sent twice in ${SEEDS} runs with crashes, duplicates, delays and lost answers`, async () => {
  const told = await simulate('--seeds', String(SEEDS));
  expect(told).toContain('No violation.');
  // The runs reached every kind of end that mishaps can lead to, or they would prove little.
  for (const ending of ['expired', 'failed_to_send_message', 'initial_message_sent', 'rejected', 'send_unconfirmed', 'suppressed']) {
    expect(told).toMatch(new RegExp(`\\d+ ${ending}`));
  }
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
  const mutation = MUTATIONS.find(({ name }) => name.startsWith('mark send unknown'));
  const told = await tellFailure(mutation?.killedBy ?? 0, mutation);
  expect(told).toContain('the vendor accepted it 2 times');
  expect(told).toContain(`npx projen simulate --seed ${mutation?.killedBy}`);
  expect(told?.match(/^ {2}(request|send|call|receipt|queue|fill|lookup) /gm)).toHaveLength(3);
});
