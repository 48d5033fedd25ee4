import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { explainStack } from './explain-stack';

const command = new Command('npx projen explain-stack')
  .description("Reads a function's log line from standard input, and names the source's files and lines in its stack")
  .requiredOption('--function <name>', "the function's handler, such as channel-router or sms-channel-processor")
  .option('--maps <folder>', "the artifact source-maps of the release's deliver run; absent, the bundle is made again")
  .action(async ({ function: handler, maps }: { readonly function: string; readonly maps?: string }) => {
    process.stdout.write(explainStack({ projectFolder: process.cwd(), handler, maps }, await text(process.stdin)));
  });

command.parseAsync(process.argv.slice(2).filter((word) => word !== '--'), { from: 'user' }).catch((fault: unknown) => {
  process.stderr.write(`Explaining the stack failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
