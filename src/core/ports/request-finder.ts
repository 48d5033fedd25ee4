import type { IdempotencyRecord } from './directory';

/** The port by which people find a request of which they know a part. */
export interface RequestFinder {
  /** The requests of a project whose identifiers begin so, up to a number, in order. */
  beginning(query: {
    readonly companyId: string;
    readonly projectId: string;
    readonly beginning: string;
    readonly limit: number;
  }): Promise<readonly IdempotencyRecord[]>;
}
