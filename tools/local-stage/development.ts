import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';
import type { BuildResult } from 'esbuild';
import type { LambdaService } from '../embedded-aws/functions/lambda-service';

export interface DevelopmentOptions {
  readonly projectFolder: string;
  /** For the bundles; ignored by git. */
  readonly folder: string;
  readonly lambda: Pick<LambdaService, 'definitions' | 'develop' | 'inspectPorts'>;
  print(line: string): void;
}

/**
 * Bundles the functions again, with source maps, whenever a source changes, and restarts those whose code differs.
 * Functions that a debugger can be attached to run such a bundle from the start. Resolves when they do; the answered
 * function ends it.
 */
export async function developFunctions({
  projectFolder,
  folder,
  lambda,
  print,
}: DevelopmentOptions): Promise<() => Promise<void>> {
  const sources = new Map(
    lambda.definitions.flatMap(({ name, description = '' }) => {
      const file = join(projectFolder, description);
      return description.endsWith('.ts') && existsSync(file) ? [[name, file]] : [];
    }),
  );
  const built = new Map<string, string>();
  const apply = async ({ errors: [fault] }: BuildResult): Promise<void> => {
    if (fault) {
      const place = fault.location ? ` (${fault.location.file}:${fault.location.line})` : '';
      return print(
        `Bundling the functions failed: ${fault.text}${place}. What ran before runs on; correct the source.`,
      );
    }
    for (const name of sources.keys()) {
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, name, 'index.js')))
        .digest('hex');
      const before = built.get(name);
      built.set(name, hash);
      if (before === hash || (before === undefined && !lambda.inspectPorts.has(name))) continue;
      await lambda.develop(name, join(folder, name));
      if (before !== undefined) print(`${name} runs the changed source.`);
    }
  };
  const bundler = await context({
    entryPoints: Object.fromEntries([...sources].map(([name, file]) => [`${name}/index`, file])),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [
      {
        name: 'restart',
        setup: (build) => {
          build.onEnd(apply);
        },
      },
    ],
  });
  await bundler.rebuild().catch(() => undefined);
  await bundler.watch();
  return async () => bundler.dispose();
}
