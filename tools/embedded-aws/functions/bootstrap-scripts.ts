import { join } from 'node:path';
import { build } from 'esbuild';

/** JavaScript files that the embedded cloud starts processes from. */
export interface BootstrapScripts {
  readonly functionProcess: string;
  readonly orphanGuard: string;
}

/** Turns the bootstrap's TypeScript into JavaScript that plain Node.js starts without a loader. */
export async function writeBootstrapScripts(folder: string): Promise<BootstrapScripts> {
  const sources = join(__dirname, 'bootstrap');
  await build({
    entryPoints: {
      'function-process': join(sources, 'function-process.ts'),
      'orphan-guard': join(sources, 'orphan-guard-process.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
  });
  return { functionProcess: join(folder, 'function-process.cjs'), orphanGuard: join(folder, 'orphan-guard.cjs') };
}
