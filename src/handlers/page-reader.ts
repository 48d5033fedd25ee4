import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageFile } from '../console-api/page/page-files';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page's files as the build left them beside the function, or in another folder, where they may change. */
export function pageReader(otherFolder: string | undefined, rereads: boolean) {
  const folder = otherFolder ?? join(__dirname, 'page');
  const known = new Map<string, PageFile | undefined>();
  const read = (name: string): PageFile | undefined => {
    if (!rereads && known.has(name)) return known.get(name);
    const file = readPageFile(folder, name);
    known.set(name, file);
    return file;
  };
  let version: string | undefined;
  return {
    read,
    /** Of the page that is served now. */
    version: () => {
      if (rereads || version === undefined) {
        const file = join(folder, 'version');
        version = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none';
      }
      return version;
    },
  };
}

function readPageFile(folder: string, name: string): PageFile | undefined {
  const type = TYPES[name.split('.').at(-1) ?? ''];
  const path = join(folder, name);
  if (type === undefined || !existsSync(`${path}.gz`)) return undefined;
  return {
    type,
    brotli: existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : undefined,
    gzip: readFileSync(`${path}.gz`),
  };
}
