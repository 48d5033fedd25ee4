import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { LocalAccess } from '../core/local-access';
import { LOCAL_ACCESS_FILE } from '../core/local-access';
import type { ResourceNames } from '../core/names';
import { resourceNames } from '../core/names';
import { ofEach } from '../core/of-each';
import type { VendorUrls } from '../core/vendor-urls';
import { VENDOR_NAMES, VENDOR_URLS } from './vendor-data';
import { CommandError } from './command-error';
import { regionOf } from './delivery-stages';

/** `local`, or a stage of the pipeline. */
export type CliStage = string;

/** How a stage is reached. */
export interface StageAccess {
  readonly kind: 'local' | 'deployed';
  readonly names: ResourceNames;
  readonly vendors: VendorUrls;
  /** For the SDK's clients. */
  readonly connection: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Of a local stage: its API's base URL. */
  readonly apiUrl?: string;
}

const accessShape = z.object({
  stage: z.string(),
  endpoint: z.url(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  processId: z.number(),
  apiUrl: z.url(),
  vendors: z.object({ ...ofEach(VENDOR_NAMES, () => z.url()), openai: z.url() }),
});

/**
 * A deployed stage is reached as the shell is set up for AWS; `local` by what the running local stage left in the
 * folder.
 */
export function stageAccess(stage: CliStage, projectFolder: string): StageAccess {
  if (stage !== 'local') {
    const region = regionOf(projectFolder, stage);
    return { kind: 'deployed', names: resourceNames(stage), vendors: VENDOR_URLS, connection: { region } };
  }
  const {
    stage: name,
    endpoint,
    region,
    accessKeyId,
    secretAccessKey,
    vendors,
    apiUrl,
  } = readLocalAccess(projectFolder);
  const connection = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  return { kind: 'local', names: resourceNames(name), vendors, connection, apiUrl };
}

function readLocalAccess(projectFolder: string): LocalAccess {
  const access = readAccess(join(projectFolder, LOCAL_ACCESS_FILE));
  if (!access || !isRunning(access.processId)) {
    throw new CommandError(
      'Reaching the local stage failed: none is running in this folder; start one with `npx projen local`.',
    );
  }
  return access;
}

function readAccess(file: string): LocalAccess | undefined {
  try {
    return z.parse(accessShape, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A stage that was killed leaves its file behind. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
