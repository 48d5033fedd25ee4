import { join } from 'node:path';
import type { RunProgram } from '../run-program';
import { preparePython } from '../pipeline-rehearsal/emulator/python-environment';

/** Schemathesis derives requests from the API's document, and compares each answer with it. */
export const REQUIREMENTS = ['schemathesis==4.32.5'] as const;

export interface FuzzOptions {
  readonly projectFolder: string;
  readonly url: string;
  readonly apiKey: string;
  /** The same seed makes the same requests; absent, a new one is chosen and printed. */
  readonly seed?: number;
  /** Requests an operation at most, beside those that the examples and the bounds of fields give. */
  readonly examples: number;
  readonly run: RunProgram;
  print(line: string): void;
}

/** `skipped`: Python or its packages cannot be had here, for the reason that is printed. */
export type FuzzOutcome = 'clean' | 'findings' | 'skipped';

/** Runs Schemathesis over the whole document against a running stage. */
export async function fuzzApi({
  apiKey,
  examples,
  print,
  projectFolder,
  run,
  seed,
  url,
}: FuzzOptions): Promise<FuzzOutcome> {
  const folder = join(projectFolder, '.local/schemathesis');
  const python = await preparePython({ folder, run, print, requirements: REQUIREMENTS });
  if (python.kind === 'missing') {
    print(`Schemathesis was not run: ${python.why}.`);
    return 'skipped';
  }
  const { code } = await run(
    join(python.programs, 'schemathesis'),
    [
      '--config-file',
      join(projectFolder, 'tools/api-checks/schemathesis.toml'),
      'run',
      join(projectFolder, 'docs/openapi.json'),
      '--url',
      url,
      '--max-examples',
      String(examples),
      '--no-color',
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ],
    { folder: projectFolder, environment: { ...definedVariables(), ENGINE_KEY: apiKey }, onLine: print },
  );
  return code === 0 ? 'clean' : 'findings';
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
