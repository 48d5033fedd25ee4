import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordListFiles } from './word-list-files';

/** With `--check` nothing is written: the exit code says whether the files are as they would be written. */
const isCheck = process.argv.includes('--check');

for (const [file, text] of Object.entries(wordListFiles())) {
  const path = join(process.cwd(), file);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) process.exitCode = 1;
  process.stdout.write(`${file}: ${text.length} characters${process.exitCode === 1 ? ', not as committed' : ''}\n`);
}
