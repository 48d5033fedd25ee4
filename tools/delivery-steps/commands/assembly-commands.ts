import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { resourceNames } from '../../../src/core/names';
import { sealAssembly } from '../assembly/seal';
import { verifyAssembly } from '../assembly/verify';
import { compareAssemblies } from '../difference/compare-assemblies';
import { describeDifference } from '../difference/describe-difference';
import type { PipelineCommand } from '../pipeline-command';

/** Steps that make, open and compare assemblies. */
export const ASSEMBLY_COMMANDS: Readonly<Record<string, PipelineCommand>> = {
  seal: {
    flags: { one: ['assembly', 'archive'] },
    run: async (flags, host) => {
      const seal = await sealAssembly({ checkout: host.folder, assembly: resolve(host.folder, flags.one('assembly')), archive: resolve(host.folder, flags.one('archive')) });
      await host.putOut({ digest: seal.digest, tree: seal.tree });
    },
  },
  verify: {
    flags: { one: ['archive', 'digest', 'assembly'] },
    run: async (flags, host) => {
      await verifyAssembly({
        checkout: host.folder,
        archive: resolve(host.folder, flags.one('archive')),
        digest: flags.one('digest'),
        assembly: resolve(host.folder, flags.one('assembly')),
      });
      host.say(`${flags.one('assembly')} is the assembly with the SHA-256 ${flags.one('digest')}.`);
    },
  },
  difference: {
    flags: { one: ['before', 'after', 'report'], optional: ['stage'] },
    run: async (flags, host) => {
      const stage = flags.optional('stage');
      const stacks = await compareAssemblies(resolve(host.folder, flags.one('before')), resolve(host.folder, flags.one('after')), stage === undefined ? undefined : resourceNames(stage).stack);
      const text = describeDifference(stacks);
      const report = resolve(host.folder, flags.one('report'));
      await mkdir(dirname(report), { recursive: true });
      await writeFile(report, text);
      await host.summarise(text);
      host.say(text);
    },
  },
};
