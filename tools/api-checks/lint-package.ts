import { join } from 'node:path';
import { buildClientPackage } from '../client-package/build-client-package';
import type { LinterOptions } from './linters';
import { installLinters } from './linters';

/** Whether publint and "are the types wrong?" find nothing in the client's package; what they find is printed. */
export async function lintClientPackage(options: LinterOptions): Promise<boolean> {
  const programs = await installLinters(options);
  const folder = join(options.projectFolder, 'dist/client');
  await buildClientPackage(options.projectFolder, folder);
  const checks = [
    { name: 'publint', program: 'publint', words: ['run', folder, '--strict'] },
    { name: 'Are the types wrong?', program: 'attw', words: ['--pack', folder, '--no-color', '--no-emoji'] },
  ];
  let isClean = true;
  for (const { name, program, words } of checks) {
    const { code, output } = await options.run(join(programs, program), words, { folder: options.projectFolder });
    options.print(code === 0 ? `${name}: nothing found.` : `${name} finds:\n${output.trim()}`);
    isClean &&= code === 0;
  }
  return isClean;
}
