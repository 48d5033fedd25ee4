// Bundles the operators' command (`npx projen bundle:engine`).
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = join(ROOT, 'src');
const OUTPUT = join(ROOT, 'dist', 'engine');
const BUNDLE = join(OUTPUT, 'engine.mjs');

/** What the command imports. */
export const ENTRY = pathToFileURL(BUNDLE).href;

/** Some of the packages are CommonJS, and ask for Node.js's own modules by `require`. */
const REQUIRE = "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);";

/** Whether the bundle is there and younger than the source. An installed package has no source. */
export function isCurrent() {
  const made = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined || !existsSync(SOURCE)) return made !== undefined;
  return [...sources(), join(ROOT, 'package-lock.json')].every((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= made);
}

/** What the bundle can be made of: not the infrastructure, not the functions. */
function sources() {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Makes the bundle; undefined, or why it could not be made. The folder is replaced as a whole: two runs never mix. */
export async function bundleEngine() {
  mkdirSync(dirname(OUTPUT), { recursive: true });
  const made = mkdtempSync(`${OUTPUT}-`);
  try {
    const { build } = await import('esbuild');
    await build({
      entryPoints: [join(SOURCE, 'cli', 'engine.ts')],
      outdir: made,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      minify: true,
      // A fault of our own is reported with the names of the source.
      keepNames: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      mainFields: ['module', 'main'],
      banner: { js: REQUIRE },
      legalComments: 'none',
      logLevel: 'silent',
    });
    rmSync(OUTPUT, { recursive: true, force: true });
    renameSync(made, OUTPUT);
    return undefined;
  } catch (error) {
    return `its bundle could not be made (${String(error?.message ?? error).trim().split('\n').slice(0, 2).join(' ')})`;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failure = await bundleEngine();
  if (failure !== undefined) {
    process.stderr.write(`Bundling engine failed: ${failure}; run \`npm ci\`, then this again.\n`);
    process.exitCode = 1;
  }
}
