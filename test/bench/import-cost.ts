import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '../../src/core/variables';
import type { Spread } from './figures';
import { spread } from './figures';

/** Something that a fresh process imports. */
export interface Importable {
  readonly name: string;
  /** JavaScript file. */
  readonly file: string;
  readonly nodeFlags?: readonly string[];
}

export interface ImportCost {
  readonly name: string;
  readonly kilobytes: number;
  /** Milliseconds from the first line of the process to the end of the import. */
  readonly milliseconds: Spread;
  /** Beyond a bare process. */
  readonly megabytes: number;
  /** Processor time of the whole process against that of a bare one, run right before it: that hardly changes when the machine is busy. */
  readonly ratio: Spread;
}

interface Run {
  /** Microseconds of processor time of the whole process. */
  readonly cpu: number;
  readonly imported: number;
  readonly residentBytes: number;
}

/** As Lambda starts a function: the variables that it reads, and nothing of this shell. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.values(VARIABLES).map((name) => [name, '1'])),
  [VARIABLES.queueUrls]: '{"whatsapp":"w","sms":"s","email":"e"}',
  [VARIABLES.logLevel]: 'INFO',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  OPENAI_API_KEY: 'none',
};

const IMPORTER = `const begun = performance.now();
Promise.resolve(process.argv[2] ? import(process.argv[2]) : undefined)
  .then(() => process.stdout.write(JSON.stringify({ imported: performance.now() - begun, residentBytes: process.memoryUsage.rss(), cpu: process.cpuUsage().user + process.cpuUsage().system })), (error) => { process.stderr.write(String(error)); process.exitCode = 1; });
`;

/** Imports each in a fresh process, all in turns with a bare one, so many times. */
export function importCosts(folder: string, candidates: readonly Importable[], rounds: number): readonly ImportCost[] {
  const importer = join(folder, 'importer.cjs');
  writeFileSync(importer, IMPORTER);
  const runs = new Map(candidates.map((candidate) => [candidate, { imports: new Array<Run>(), ratios: new Array<number>(), bare: new Array<Run>() }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [candidate, seen] of runs) {
      const bare = runOnce([], importer);
      const run = runOnce(candidate.nodeFlags ?? [], importer, candidate.file);
      seen.bare.push(bare);
      seen.imports.push(run);
      seen.ratios.push(run.cpu / bare.cpu);
    }
  }
  return [...runs].map(([{ name, file }, { imports, ratios, bare }]) => ({
    name,
    kilobytes: statSync(file).size / 1024,
    milliseconds: spread(imports.map(({ imported }) => imported)),
    megabytes: (spread(imports.map(({ residentBytes }) => residentBytes)).median - spread(bare.map(({ residentBytes }) => residentBytes)).median) / 1024 ** 2,
    ratio: spread(ratios),
  }));
}

function runOnce(flags: readonly string[], importer: string, file = ''): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, importer, file], { env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Importing ${file} failed: ${stderr.slice(0, 500)}. Bundle it again with \`npx projen bundle\`.`);
  const run: Run = JSON.parse(stdout);
  return run;
}
