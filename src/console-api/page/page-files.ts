import type { PageAnswer, PageCall } from '../http/page-call';
import { json, SECURITY } from '../http/page-call';

/** A file of the page in the forms that were made at build. */
export interface PageFile {
  readonly type: string;
  readonly brotli?: Buffer;
  readonly gzip: Buffer;
}

/** Reads one of the page's files; undefined where there is none. */
export type ReadPageFile = (name: string) => PageFile | undefined;

const INDEX = 'index.html';
const ASSETS = '/assets/';
/** A year: the name changes with the content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The page and its files. Every path that names no file is the page's own: it shows the screen for it. */
export class PageFiles {
  constructor(private readonly read: ReadPageFile) {}

  answer({ path, headers }: PageCall): PageAnswer {
    const isAsset = path.startsWith(ASSETS);
    const name = isAsset ? path.slice(ASSETS.length) : INDEX;
    const file = /^[\w.-]+$/.test(name) ? this.read(name) : undefined;
    if (!file) {
      return json(404, {
        status: 'error',
        code: 'NOT_FOUND',
        message: 'There is no such file of the page. Load the page again.',
      });
    }
    const takesBrotli = /\bbr\b/.test(headers['accept-encoding'] ?? '') && file.brotli !== undefined;
    return {
      status: 200,
      headers: {
        ...SECURITY,
        'content-type': file.type,
        'content-encoding': takesBrotli ? 'br' : 'gzip',
        'vary': 'accept-encoding',
        'cache-control': isAsset ? FOR_EVER : 'no-cache',
      },
      body: (takesBrotli && file.brotli) || file.gzip,
    };
  }
}
