import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CommandError } from '../../src/cli/command-error';
import { call } from './api-calls';
import { companyChecks } from './company-checks';
import type { CheckWorld } from './run-checks';
import { runChecks } from './run-checks';
import { smokeChecks } from './smoke-checks';
import type { StageUnderTest } from './stage-under-test';
import type { TestCompany } from './test-company';
import { onboardTestCompany, Undo } from './test-company';

export interface SuiteOptions extends CheckWorld {
  readonly stage: StageUnderTest;
  /** A key for the test company; without it the suite makes one of its own. */
  readonly apiKey?: string;
  readonly patienceMilliseconds: number;
}

export interface SmokeOptions extends CheckWorld {
  readonly stage: StageUnderTest;
  /**
   * How long all checks together may try again: what was just deployed reaches all of API Gateway's servers only after
   * some seconds, and a smoke
   * test that fails takes the stage back.
   * @default 0
   */
  readonly patienceMilliseconds?: number;
}

/** Milliseconds between two tries. */
const SMOKE_PAUSE = 2_000;

/** Looks whether a deployed stage lives, and changes nothing there. */
export async function runSmoke({ stage, patienceMilliseconds = 0, ...world }: SmokeOptions): Promise<boolean> {
  const begun = world.now();
  const isPatient = () => world.now() - begun < patienceMilliseconds && !world.signal.aborted;
  const checks = smokeChecks(stage).map(({ title, run }) => ({ title, run: async () => tryAgain(run, isPatient) }));
  const { passed, failed } = await runChecks(checks, world);
  world.print(`${passed} passed, ${failed} failed, in ${((world.now() - begun) / 1000).toFixed(1)} s`);
  return failed === 0 && !world.signal.aborted;
}

async function tryAgain(run: () => Promise<void>, isPatient: () => boolean): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isPatient()) throw error;
    await setTimeout(SMOKE_PAUSE);
    await tryAgain(run, isPatient);
  }
}

/** A new key is known to every server of API Gateway only after some seconds. */
const KEY_PATIENCE_MILLISECONDS = 60_000;

/** The whole suite against one stage. Answers whether all went well; what it made is taken back in any case. */
export async function runSuite(options: SuiteOptions): Promise<boolean> {
  const { stage, print, now } = options;
  const run = `${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
  const begun = now();
  const undo = new Undo();
  let tally = { passed: 0, failed: 0 };
  try {
    const company = await onboardTestCompany(stage, run, undo, options.apiKey);
    await awaitKey(stage, company);
    print(`Test company ${company.companyId} at ${stage.url}`);
    print(
      'Vendors: '
        + `${stage.simulators ? 'simulators' : 'real, with credentials that they do not know, so that nothing '
          + 'reaches anybody'}; language model: ${company.asksModel ? 'asked' : 'not asked, since the stage has no '
            + 'key for it'}`,
    );
    tally = await runChecks(
      companyChecks({ stage, company, undo, patienceMilliseconds: options.patienceMilliseconds }),
      options,
    );
  } finally {
    const left = await undo.all();
    for (const sentence of left) print(`! ${sentence}`);
    tally = { ...tally, failed: tally.failed + left.length };
  }
  if (options.signal.aborted) print('Stopped before the end; what the suite had made was removed.');
  print(`${tally.passed} passed, ${tally.failed} failed, in ${((now() - begun) / 1000).toFixed(1)} s`);
  return tally.failed === 0 && !options.signal.aborted;
}

async function awaitKey({ url }: StageUnderTest, { apiKey }: TestCompany): Promise<void> {
  for (const end = performance.now() + KEY_PATIENCE_MILLISECONDS; performance.now() < end; await setTimeout(500)) {
    const { status } = await call(url, 'post', '/initiate-conversation', {
      headers: { 'x-api-key': apiKey },
      body: '{}',
    });
    if (status === 400) return;
  }
  throw new CommandError(
    `Using the test key failed: the stage still refuses it after ${KEY_PATIENCE_MILLISECONDS / 1000} s; look at the `
      + 'usage plan of the stage.',
  );
}
