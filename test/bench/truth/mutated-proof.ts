import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import type { JudgedCase, TruthCase } from './truth-cases';

/** A rule switched off or a bound lifted: a piece of one file of the proof is replaced. */
export interface ProofMutation {
  readonly name: string;
  /** Below src/proof. */
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
}

const PROOF = join(process.cwd(), 'src/proof');

/** The benchmark's judge with the proof so changed; without a mutation, as it is. */
export async function judgeWith(mutation?: ProofMutation): Promise<(each: TruthCase) => JudgedCase> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'truth-cases.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    plugins: mutation ? [replacing(mutation)] : [],
  });
  const module: { exports: { judgeCase?: (each: TruthCase) => JudgedCase } } = { exports: {} };
  const run = new Function('module', 'exports', 'require', '__dirname', outputFiles[0]?.text ?? '');
  run(module, module.exports, createRequire(__filename), dirname(__filename));
  const { judgeCase } = module.exports;
  if (!judgeCase) throw new Error('The bundle of truth-cases.ts has no judgeCase.');
  return judgeCase;
}

function replacing({ name, file, from, to }: ProofMutation): Plugin {
  const path = join(PROOF, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) {
    throw new Error(`The mutation "${name}" cannot be made: its text stands ${parts.length - 1} times in ${file}, not once.`);
  }
  return {
    name: 'mutation',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, (loaded) =>
        loaded.path === path ? { contents: parts.join(to), loader: 'ts' } : undefined,
      );
    },
  };
}
