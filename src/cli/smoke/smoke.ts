import { setTimeout } from 'node:timers/promises';
import { awsStage } from './deployed-stage';
import { runSmoke } from './smoke-program';

runSmoke(process.argv.slice(2), {
  projectFolder: process.cwd(),
  print: (line) => { process.stdout.write(`${line}\n`); },
  complain: (line) => { process.stderr.write(`${line}\n`); },
  openStage: awsStage,
  fetch,
  sleep: async (milliseconds) => setTimeout(milliseconds),
}).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The smoke test stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
