import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freshAssembly } from './fresh-assembly';
import { demonstrate } from './demonstration';
import { importFresh } from './fresh-import';
import { startLocalStage } from './local-stage';
import { tellStory } from './story/tell-story';
import { palette } from './terminal';

const colours = palette(process.stdout.isTTY === true && !process.env.NO_COLOR);
const print = (line: string) => process.stdout.write(`${line}\n`);
const projectFolder = process.cwd();

async function main(): Promise<number> {
  const begun = performance.now();
  const assemblyFolder = await freshAssembly(projectFolder, print);
  const synthesised = performance.now();
  const stage = await startLocalStage({
    projectFolder,
    assemblyFolder,
    onProgress: print,
    name: 'demo',
    ...modelKey(),
  });
  const ready = performance.now();
  try {
    const differences = [
      ...(await demonstrate(stage, print, colours)),
      ...(await tellStory(stage, join(projectFolder, '.local', 'demo'), print, colours)),
    ];
    const end = performance.now();
    print(`\n${colours.bold('Summary')}`);
    print(
      `  synthesis ${seconds(synthesised - begun)}, start ${seconds(ready - synthesised)}, messages `
        + `${seconds(end - ready)}, in all ${seconds(end - begun)}`,
    );
    for (const line of bundleLines()) print(line);
    for (const difference of differences) print(colours.red(`  ✗ ${difference}`));
    print(
      differences.length === 0
        ? colours.green('  ✓ Everything went as announced.')
        : `  ${differences.length} of the announced things went otherwise.`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

/** With a real key the real model is asked. */
function modelKey(): { readonly openAiKey?: string } {
  const { OPENAI_API_KEY: openAiKey } = process.env;
  return openAiKey ? { openAiKey } : {};
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** What a cold start loads, and how long that takes: once each, in a process that does nothing else. */
function bundleLines(): readonly string[] {
  const folder = join(projectFolder, 'assets', 'handlers');
  const bundles = readdirSync(folder).map((name) => ({
    name: name.replace('.lambda', ''),
    file: join(folder, name, 'index.js'),
  }));
  return [
    `  bundles: ${bundles.map(({ name, file }) => `${name} ${Math.round(statSync(file).size / 1024)} KB`).join(', ')}`,
    '  import:  '
      + `${bundles.map(({ name, file }) => `${name} ${Math.round(importFresh(file).milliseconds)} ms`).join(', ')} `
      + '(once each, in a fresh process)',
  ];
}

main().then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
