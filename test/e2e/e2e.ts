import { Command } from 'commander';
import { CommandError } from '../../src/cli/command-error';
import { deliveryStage } from '../../src/cli/delivery-stages';
import { runProgram } from '../../src/cli/run-program';
import { shellOutput } from '../../src/cli/shell-output';
import type { Simulators } from './stage-under-test';
import { openStage } from './stage-under-test';
import { runSmoke, runSuite } from './suite';

const HELP = `
Environment:
  AWS_PROFILE, AWS_REGION …   the AWS account of the stage; AWS_ENDPOINT_URL for an emulator
  ENGINE_KEY                  an API key for the test company; without it the suite makes one of its own
  TWILIO_SIMULATOR,           where the stage's functions reach the vendors' simulators, if they do; without them the vendors are real, and are
  SENDGRID_SIMULATOR          given credentials that they do not know: their refusal is what is checked, and nothing reaches anybody

Exit codes: 0 all passed, 1 something failed, 2 the flags were wrong`;

const DEFAULT_PATIENCE_SECONDS = 60;

const OUTPUT = shellOutput(process.env);

interface Flags {
  readonly stage?: string;
  readonly url?: string;
  readonly smoke?: true;
  readonly patience: string;
}

function program(): Command {
  return new Command('e2e')
    .description('tests a stage end to end: on this machine, on an emulator or deployed')
    .option('--stage <stage>', 'a deployed stage by name, or local for what `npx projen local` runs')
    .option('--url <url>', "the API's base URL, in place of the stack's output")
    .option('--smoke', 'look whether the stage lives, and change nothing there')
    .option(
      '--patience <seconds>',
      'in which a message must come to its end, and a smoke test may try again',
      String(DEFAULT_PATIENCE_SECONDS),
    )
    .addHelpText('after', HELP)
    .action(test);
}

async function test({ stage, url, smoke, patience }: Flags): Promise<void> {
  if (!stage && !url) {
    throw new CommandError('Testing a stage failed: none was named; give --stage <name> or --url <address>.');
  }
  // Before AWS is asked, which would answer by what the shell lacks.
  if (stage !== undefined && stage !== 'local') deliveryStage(process.cwd(), stage);
  const { ENGINE_KEY: apiKey, TWILIO_SIMULATOR: twilio, SENDGRID_SIMULATOR: sendgrid } = process.env;
  const simulators: Simulators | undefined = twilio && sendgrid ? { twilio, sendgrid } : undefined;
  const stop = new AbortController();
  // The check that runs comes to its end, and what was made is removed.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { stop.abort(); });
  const opened = await openStage({
    projectFolder: process.cwd(),
    ...(stage && { stage }),
    ...(url && { url }),
    ...(simulators && { simulators }),
  });
  const world = { stage: opened, print: OUTPUT.print, now: () => performance.now(), signal: stop.signal };
  try {
    const patient = { ...world, patienceMilliseconds: Number(patience) * 1000 };
    const passed = smoke ? await runSmoke(patient) : await runSuite({ ...patient, ...(apiKey && { apiKey }) });
    if (!passed) throw new CommandError('Testing the stage failed: the lines above say where.');
  } finally {
    opened.close();
  }
}

void runProgram(
  program,
  process.argv.slice(2).filter((word) => word !== '--'),
  OUTPUT,
).then((code) => {
  process.exitCode = code;
});
