import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BuildOptions, OutputFile } from 'esbuild';
import { build } from 'esbuild';

export interface PageSizes {
  /** Bytes of all JavaScript as it is sent. */
  readonly brotli: number;
  readonly gzip: number;
}

/** Bytes of JavaScript that the page may send: by a slow telephone line, a second each. */
export const LARGEST_PAGE: PageSizes = { brotli: 450 * 1024, gzip: 550 * 1024 };

const ENTRY = 'src/console/main.tsx';

/**
 * How the page is bundled: one script and one style sheet, so that an open page never asks for a file of a version that
 * is gone.
 */
export function pageOptions(projectFolder: string, minify: boolean): BuildOptions {
  return {
    absWorkingDir: projectFolder,
    entryPoints: [ENTRY],
    outdir: join(projectFolder, '.local/console-page'),
    bundle: true,
    minify,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.woff2': 'empty', '.svg': 'dataurl' },
    define: { 'process.env.NODE_ENV': minify ? '"production"' : '"development"' },
    logLevel: 'silent',
  };
}

/** Builds the page into a folder, compressed for those who can take it. */
export async function buildPage(projectFolder: string, folder: string): Promise<PageSizes> {
  const { outputFiles = [] } = await build(pageOptions(projectFolder, true));
  const sizes = writePage(folder, outputFiles, constants.BROTLI_MAX_QUALITY);
  if (sizes.brotli > LARGEST_PAGE.brotli || sizes.gzip > LARGEST_PAGE.gzip) {
    throw new Error(
      `The page's JavaScript is ${sizes.brotli} bytes by brotli and ${sizes.gzip} by gzip, of ${LARGEST_PAGE.brotli} and ` +
        `${LARGEST_PAGE.gzip} that it may be. Leave out a component, or say in a decision why it may grow.`,
    );
  }
  return sizes;
}

/** Replaces the folder's files by these. The version is written last: whoever reads it finds the files. */
export function writePage(folder: string, files: readonly OutputFile[], quality: number): PageSizes {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const named = files.map((file) => ({ name: hashedName(file), file }));
  const version = createHash('sha256')
    .update(named.map(({ name }) => name).join())
    .digest('hex')
    .slice(0, 12);
  const sizes = named.map(({ name, file }) => ({
    name,
    ...writeCompressed(join(folder, name), file.contents, quality),
  }));
  const [script = ''] = named.map(({ name }) => name).filter((name) => name.endsWith('.js'));
  const [style = ''] = named.map(({ name }) => name).filter((name) => name.endsWith('.css'));
  writeCompressed(join(folder, 'index.html'), Buffer.from(indexPage(script, style, version)), quality);
  writeFileSync(join(folder, 'version'), version);
  const sum = (form: 'brotli' | 'gzip') =>
    sizes.filter(({ name }) => name.endsWith('.js')).reduce((total, size) => total + size[form], 0);
  return { brotli: sum('brotli'), gzip: sum('gzip') };
}

function hashedName({ path, contents }: OutputFile): string {
  const extension = path.split('.').at(-1) ?? '';
  return `page-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.${extension}`;
}

function writeCompressed(path: string, contents: Uint8Array, quality: number): PageSizes {
  const brotli = brotliCompressSync(contents, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
  });
  const gzip = gzipSync(contents, { level: quality === constants.BROTLI_MAX_QUALITY ? 9 : 1 });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzip);
  return { brotli: brotli.length, gzip: gzip.length };
}

function indexPage(script: string, style: string, version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="version" content="${version}">
<meta name="color-scheme" content="light dark">
<title>Engine console</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/${style}">
<script src="/assets/${script}" defer></script>
</head>
<body><div id="page"></div><noscript>The console needs JavaScript.</noscript></body>
</html>
`;
}
