import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { resourceNames } from '../../../src/core/names';
import { billOfMaterials } from '../assembly/bill-of-materials';
import { sealAssembly, verifyAssembly } from '../assembly/seal';
import { writeSourceMaps } from '../assembly/source-maps';
import { compareAssemblies } from '../difference/compare-assemblies';
import { describeDifference } from '../difference/describe-difference';
import type { StepHost } from '../step-host';

interface VerifyOptions {
  readonly archive: string;
  readonly digest: string;
  readonly assembly: string;
}

/** Steps that work on a synthesised assembly. */
export function addAssemblySteps(program: Command, host: StepHost): void {
  program.command('seal')
    .description('packs an assembly into an archive and puts out its digest and tree')
    .requiredOption('--assembly <folder>', 'to pack')
    .requiredOption('--archive <file>', 'to write')
    .action(async ({ assembly, archive }: { readonly assembly: string; readonly archive: string }) => {
      const { digest, tree } = await sealAssembly({
        checkout: host.folder, assembly: resolve(host.folder, assembly), archive: resolve(host.folder, archive),
      });
      await host.putOut({ digest, tree });
    });
  program.command('verify')
    .description('opens a sealed assembly if its digest is the expected one')
    .requiredOption('--archive <file>', 'to open')
    .requiredOption('--digest <sha256>', 'that the archive must have')
    .requiredOption('--assembly <folder>', 'to open it into')
    .action(async ({ archive, digest, assembly }: VerifyOptions) => {
      await verifyAssembly({
        checkout: host.folder, archive: resolve(host.folder, archive), digest, assembly: resolve(host.folder, assembly),
      });
      host.say(`${assembly} is the assembly with the SHA-256 ${digest}.`);
    });
  program.command('bill-of-materials')
    .description('lists the packages in the functions of an assembly, as CycloneDX')
    .requiredOption('--assembly <folder>', 'whose functions are listed')
    .requiredOption('--output <file>', 'to write')
    .action(async ({ assembly, output }: { readonly assembly: string; readonly output: string }) => {
      const bill = await billOfMaterials(host.folder, resolve(host.folder, assembly));
      await write(resolve(host.folder, output), `${JSON.stringify(bill, undefined, 2)}\n`);
      const packages = bill.components.filter(({ type }) => type === 'library').length;
      host.say(`${output} lists ${packages} packages in ${bill.components.length - packages} functions.`);
    });
  program.command('source-maps')
    .description('writes the source maps of the functions of an assembly')
    .requiredOption('--assembly <folder>', 'whose functions are mapped')
    .requiredOption('--output <folder>', 'to write them into')
    .action(async ({ assembly, output }: { readonly assembly: string; readonly output: string }) => {
      const names = await writeSourceMaps(host.folder, resolve(host.folder, assembly), resolve(host.folder, output));
      host.say(`${output} has the source maps of ${names.length} functions.`);
    });
  program.command('difference')
    .description('compares two assemblies and writes what would be lost')
    .requiredOption('--before <folder>', 'assembly; if it does not exist, everything is new')
    .requiredOption('--after <folder>', 'assembly')
    .requiredOption('--report <file>', 'to write')
    .option('--stage <name>', 'compares its stack alone')
    .action(async ({ before, after, report, stage }: DifferenceOptions) => {
      const only = stage === undefined ? undefined : resourceNames(stage).stack;
      const stacks = await compareAssemblies(resolve(host.folder, before), resolve(host.folder, after), only);
      const text = describeDifference(stacks);
      await write(resolve(host.folder, report), text);
      await host.summarise(text);
      host.say(text);
    });
}

interface DifferenceOptions {
  readonly before: string;
  readonly after: string;
  readonly report: string;
  readonly stage?: string;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
