import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `npx projen simulate --seeds 100000` runs more. */
const SEEDS = 2000;

/** In a process of its own, as the command: inside the test runner the same code takes ten times as long. */
async function simulate(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'test/simulation/simulate.ts', ...words],
    { cwd: process.cwd() },
  );
  return stdout;
}

test(`no message is lost and none sent twice in ${SEEDS} runs with crashes, duplicates, delays and lost answers`, async () => {
  const told = await simulate('--seeds', String(SEEDS));
  expect(told).toContain('No violation.');
  // The runs reached every kind of end that faults can lead to, or they would prove little.
  for (const ending of [
    'cancelled',
    'expired',
    'failed_to_send_message',
    'initial_message_sent',
    'rejected',
    'send_unconfirmed',
    'suppressed',
  ]) {
    expect(told).toMatch(new RegExp(`\\d+ ${ending}`));
  }
});
