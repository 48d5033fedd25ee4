import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { LocalAccess } from '../../src/core/local-access';
import { LOCAL_ACCESS_FILE } from '../../src/core/local-access';
import type { VendorUrls } from '../../src/core/vendor-urls';
import { parseJson } from '../vendor-simulators/json-record';
import { LOCAL_STAGE } from './local-stage';

const accessShape = z.object({ apiUrl: z.string(), processId: z.number() });

/** The parts of a running local stage that the file holds. */
interface ReachableStage {
  readonly url: string;
  readonly vendorUrls: VendorUrls;
  readonly cloud: {
    readonly awsEndpoint: string;
    readonly template: { readonly region: string };
    readonly services: {
      readonly administratorCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    };
  };
}

/**
 * Rejects with a sentence if a local stage of this folder runs already; the file of one that was killed does not count.
 */
export async function refuseSecondStage(projectFolder: string): Promise<void> {
  const file = join(projectFolder, LOCAL_ACCESS_FILE);
  if (!existsSync(file)) return;
  const { apiUrl, processId } = accessShape
    .catch({ apiUrl: '', processId: 0 })
    .parse(parseJson(readFileSync(file, 'utf8')));
  if (!isRunning(processId) || !await answers(apiUrl)) return;
  throw new Error(
    `one runs already in this folder at ${apiUrl} (process ${processId}). Use it, stop it with Ctrl-C, or start `
      + 'this one in another clone.',
  );
}

/** Lets the operators' commands in with `--stage local`; the returned function shuts them out again. */
export function writeAccessFile(projectFolder: string, { cloud, url, vendorUrls }: ReachableStage): () => void {
  const file = join(projectFolder, LOCAL_ACCESS_FILE);
  const access: LocalAccess = {
    stage: LOCAL_STAGE,
    endpoint: cloud.awsEndpoint,
    region: cloud.template.region,
    ...cloud.services.administratorCredentials,
    processId: process.pid,
    apiUrl: url,
    vendors: vendorUrls,
  };
  mkdirSync(dirname(file), { recursive: true });
  // A file that is there already would keep its own mode.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600 });
  return () => { rmSync(file, { force: true }); };
}

function isRunning(processId: number): boolean {
  try {
    return processId > 0 && process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Whatever it answers: the number of a process that was killed may belong to another one by now. */
async function answers(url: string): Promise<boolean> {
  return fetch(url).then(() => true, () => false);
}
