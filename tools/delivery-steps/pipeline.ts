import { runPipelineStep } from './pipeline-program';
import { hostFrom } from './step-host';

// The entry behind `npx projen pipeline <step>`: one sentence and exit code 1 for whatever goes wrong.
runPipelineStep(
  process.argv.slice(2),
  hostFrom(process.env, process.cwd(), (text) => {
    process.stdout.write(text);
  }),
).catch((fault: unknown) => {
  const sentence = fault instanceof Error ? fault.message : String(fault);
  process.stderr.write(`${sentence}\n`);
  // GitHub shows such a line on the run's first page; a line break would end it early.
  if (process.env.GITHUB_ACTIONS === 'true') {
    process.stdout.write(
      `::error::${sentence.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`,
    );
  }
  process.exitCode = 1;
});
