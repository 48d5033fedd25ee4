import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LocalAccess } from '../../src/core/local-access';
import { LOCAL_ACCESS_FILE } from '../../src/core/local-access';
import type { VendorUrls } from '../../src/core/vendor-urls';
import { LOCAL_STAGE } from './local-stage';

/** The parts of a running local stage that the file holds. */
interface ReachableStage {
  readonly url: string;
  readonly vendorUrls: VendorUrls;
  readonly cloud: {
    readonly awsEndpoint: string;
    readonly template: { readonly region: string };
    readonly services: { readonly administratorCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string } };
  };
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
