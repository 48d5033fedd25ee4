import type { VendorUrls } from './vendor-urls';

/**
 * Below the project's folder: how the running local stage is reached, readable by its owner only and gone when the
 * stage stops.
 */
export const LOCAL_ACCESS_FILE = '.local/access.json';

/** Stage whose synthesised stack `npx projen local` runs. */
export const LOCAL_STAGE_NAME = 'dev';

/** What `npx projen local` leaves for the operators' commands. */
export interface LocalAccess {
  /** Stage in the names of its resources. */
  readonly stage: string;
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Process that runs the stage. */
  readonly processId: number;
  /** The engine's own API. */
  readonly apiUrl: string;
  readonly vendors: VendorUrls;
}
