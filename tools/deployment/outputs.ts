import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Ignored by git; tests and scripts read it. */
export function outputsFile(projectFolder: string, stage: string): string {
  return join(projectFolder, '.local', 'outputs', `${stage}.json`);
}

/** Keeps a stage's outputs where tests find them, and answers them as lines for people. */
export function keepOutputs(projectFolder: string, stage: string, outputs: Readonly<Record<string, string>>): readonly string[] {
  const file = outputsFile(projectFolder, stage);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(outputs, undefined, 2)}\n`);
  const width = Math.max(...Object.keys(outputs).map((name) => name.length));
  return [...Object.entries(outputs).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`), `  kept in .local/outputs/${stage}.json`];
}
