import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Command } from 'commander';
import { timestamp } from '../../src/core/ports/clock';
import { PAGE_FOLDER } from '../console-page/page-folder';
import { watchPage } from '../console-page/watch-page';
import { freshAssembly } from './fresh-assembly';
import { refuseSecondStage, writeAccessFile } from './access-file';
import { developFunctions } from './development';
import type { LocalStage } from './local-stage';
import { startLocalStage } from './local-stage';
import { fillSample } from './sample/fill-sample';
import { verifySample } from './sample/verify-sample';
import { sampleRequest } from './sample/requests';
import { palette } from './terminal';

const colours = palette(process.stdout.isTTY === true && !process.env.NO_COLOR);
const print = (line: string) => process.stdout.write(`${line}\n`);

const command = new Command('npx projen local')
  .description(
    'Runs the synthesised stack on this machine until it is stopped, and restarts functions whose source changes',
  )
  .option(
    '--inspect <functions...>',
    "parts of functions' names: a debugger can be attached to each, for example router",
  )
  .option('--sample', 'fills the stage with sample conversations in every state')
  .option('--console-dev', "builds the console's page again whenever its source changes")
  .action(async (options: LocalOptions) => run(options));

interface LocalOptions {
  readonly inspect?: readonly string[];
  readonly sample?: true;
  readonly consoleDev?: true;
}

async function run({ inspect = [], sample, consoleDev }: LocalOptions): Promise<void> {
  const projectFolder = process.cwd();
  await refuseSecondStage(projectFolder);
  const assemblyFolder = await freshAssembly(projectFolder, print);
  const { OPENAI_API_KEY: openAiKey, PORT: port, CONSOLE_PORT: consolePort } = process.env;
  const stage = await startLocalStage({
    projectFolder,
    assemblyFolder,
    onProgress: print,
    name: 'local',
    inspect,
    ...(openAiKey ? { openAiKey } : {}),
    ...(port ? { port: portNumber(port, 'PORT') } : {}),
    ...(consolePort ? { consolePort: portNumber(consolePort, 'CONSOLE_PORT') } : {}),
  });
  const removeAccessFile = writeAccessFile(projectFolder, stage);
  showAccess(stage);
  const stopWatching = watchDeliveries(stage);
  const signal = signalled();
  const lambda = stage.cloud.functions;
  const stopPage = consoleDev ? await watchPage(projectFolder, join(projectFolder, PAGE_FOLDER), print) : undefined;
  if (sample) {
    print('Sending the sample messages …');
    await fillSample(stage);
    await verifySample(stage);
  }
  const stopDeveloping = await developFunctions({
    projectFolder,
    folder: join(projectFolder, '.local/local/development'),
    lambda,
    print,
  });
  for (const [name, debugPort] of lambda.inspectPorts) {
    print(`  Attach a debugger to 127.0.0.1:${debugPort} for ${name}; it waits for no time limit.\n`);
  }
  await signal;
  await stopDeveloping();
  await stopPage?.();
  stopWatching();
  print('Stopping …');
  removeAccessFile();
  await stage.stop();
}

function portNumber(text: string, name: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} is "${text}": set it to a free port between 1 and 65535, or leave it out.`);
}

function showAccess(stage: LocalStage): void {
  const body = JSON.stringify(sampleRequest('whatsapp', randomUUID(), timestamp(Date.now())));
  print(`\n  ${colours.bold('URL')}  ${stage.url}`);
  print(`  ${colours.bold('Key')}  ${stage.apiKey}`);
  if (stage.consoleUrl !== undefined) print(`  ${colours.bold('Console')}  ${stage.consoleUrl}`);
  print(
    `\n  curl -sS ${stage.url}/initiate-conversation -H 'x-api-key: ${stage.apiKey}' -H 'content-type: `
      + `application/json' -d '${body.replaceAll("'", "'\\''")}'`,
  );
  print(
    `\n  AWS endpoint ${stage.cloud.awsEndpoint}; the functions' logs are in .local/local/logs. Ctrl-C stops `
      + `everything.\n`,
  );
}

/** Prints each message as a vendor's simulator takes it. */
function watchDeliveries(stage: LocalStage): () => void {
  let shown = 0;
  const timer = setInterval(() => {
    for (const { channel, from, to, subject, text } of stage.vendors.deliveries().slice(shown)) {
      shown += 1;
      print(
        `${colours.cyan(`${channel} from ${from} to ${to}`)}\n${subject === undefined ? '' : `${subject}\n`}${text}\n`,
      );
    }
  }, 200);
  return () => clearInterval(timer);
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

command.parseAsync(process.argv.slice(2).filter((word) => word !== '--'), { from: 'user' }).catch((error: unknown) => {
  process.stderr.write(`Running the local stage failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
