import { Command } from 'commander';
import { freshAssembly } from '../local-stage/fresh-assembly';
import { startLocalStage } from '../local-stage/local-stage';
import { runProgram } from '../run-program';
import { fuzzApi } from './fuzz-api';

const print = (line: string) => process.stdout.write(`${line}\n`);

interface FuzzCommand {
  readonly seed?: number;
  readonly examples: number;
  readonly require?: boolean;
}

const command = new Command('npx projen openapi:fuzz')
  .description("Runs Schemathesis over the whole API of a stage on this machine, by the API's document")
  .option('--seed <number>', 'makes the same requests again', Number)
  .option('--examples <count>', 'requests an operation at most, beside those of examples and bounds', Number, 50)
  .option('--require', 'fail where Python or its packages cannot be had, instead of leaving it out')
  .action(fuzz);

async function fuzz({ examples, require: isRequired = false, seed }: FuzzCommand): Promise<void> {
  const projectFolder = process.cwd();
  const assemblyFolder = await freshAssembly(projectFolder, print);
  const stage = await startLocalStage({ projectFolder, assemblyFolder, name: 'fuzz', onProgress: print });
  try {
    const { apiKey, url } = stage;
    const outcome = await fuzzApi({ projectFolder, url, apiKey, seed, examples, run: runProgram, print });
    if (outcome === 'findings' || (outcome === 'skipped' && isRequired)) process.exitCode = 1;
  } finally {
    await stage.stop();
  }
}

command.parseAsync(process.argv.slice(2).filter((word) => word !== '--'), { from: 'user' }).catch((fault: unknown) => {
  process.stderr.write(`Fuzzing the API failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
