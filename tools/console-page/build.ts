import { join } from 'node:path';
import { buildPage } from './build-page';
import { PAGE_FOLDER } from './page-folder';

/** The command behind `npx projen bundle:console`. */
buildPage(process.cwd(), join(process.cwd(), PAGE_FOLDER)).then(
  ({ brotli, gzip }) => {
    process.stdout.write(`The console's JavaScript: ${brotli} bytes by brotli, ${gzip} by gzip.\n`);
  },
  (fault: unknown) => {
    process.stderr.write(`Bundling the console failed: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = 1;
  },
);
