import { resolve } from 'node:path';
import { VARIANTS } from './sample-stages';

/** The file of a variant's template. */
export function sampleTemplate(variant: string): string {
  if (!(variant in VARIANTS)) {
    throw new Error(`No template of "${variant}" is made: add it to test/infra/sample-stages.ts.`);
  }
  return resolve('.local/sample-templates', `${variant.replaceAll(' ', '-')}.json`);
}
