import { join } from 'node:path';
import type { LinterOptions } from './linters';
import { installLinters, linterSettings } from './linters';

/** Redocly would ask for newer versions of itself, and report what it is used for. */
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** Whether Spectral and Redocly find nothing in an OpenAPI document; what they find is printed. */
export async function lintDocument(options: LinterOptions, document: string): Promise<boolean> {
  const programs = await installLinters(options);
  const settings = linterSettings(options.projectFolder);
  const environment = { ...definedVariables(), ...QUIET };
  const checks = [
    {
      name: 'Spectral',
      program: 'spectral',
      words: ['lint', document, '--ruleset', join(settings, 'spectral.yaml'), '--fail-severity=hint'],
    },
    { name: 'Redocly', program: 'redocly', words: ['lint', document, '--config', join(settings, 'redocly.yaml')] },
  ];
  let isClean = true;
  for (const { name, program, words } of checks) {
    const { code, output } = await options.run(join(programs, program), words, {
      folder: options.projectFolder,
      environment,
    });
    options.print(code === 0 ? `${name} finds nothing.` : `${name} finds:\n${output.trim()}`);
    isClean &&= code === 0;
  }
  return isClean;
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
