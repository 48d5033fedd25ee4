import { context } from 'esbuild';
import { pageOptions, writePage } from './build-page';

/** Low: a page that is built at each change is read from this machine. */
const QUICK = 1;

/** Builds the page whenever its source changes; the answered function ends it. An open page shows that it is newer. */
export async function watchPage(
  projectFolder: string,
  folder: string,
  print: (line: string) => void,
): Promise<() => Promise<void>> {
  const bundler = await context({
    ...pageOptions(projectFolder, false),
    plugins: [
      {
        name: 'write-page',
        setup: (build) => {
          build.onEnd(({ errors: [fault], outputFiles = [] }) => {
            if (fault) {
              const place = fault.location ? ` (${fault.location.file}:${fault.location.line})` : '';
              print(`Building the console failed: ${fault.text}${place}. The page before stays; correct the source.`);
              return;
            }
            writePage(folder, outputFiles, QUICK);
            print('The console is built; load it again.');
          });
        },
      },
    ],
  });
  await bundler.watch();
  return async () => bundler.dispose();
}
