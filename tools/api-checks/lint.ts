import { join } from 'node:path';
import { runProgram } from '../run-program';
import { lintDocument } from './lint-document';
import { lintClientPackage } from './lint-package';

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const projectFolder = process.cwd();
  const options = { projectFolder, run: runProgram, print };
  const isDocumentClean = await lintDocument(options, join(projectFolder, 'docs/openapi.json'));
  const isPackageClean = await lintClientPackage(options);
  if (!isDocumentClean || !isPackageClean) process.exitCode = 1;
}

main().catch((fault: unknown) => {
  process.stderr.write(`Judging the API failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
