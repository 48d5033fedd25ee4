import type { Channel } from '../channel';

/** The answer for one secret; its fields are strings of one JSON object. */
export type SecretResult =
  | { readonly outcome: 'found'; readonly fields: Readonly<Record<string, string>> }
  | { readonly outcome: 'missing' | 'malformed' | 'unavailable' }
  /** No function of the stage may read it, or it was made for another company. */
  | { readonly outcome: 'not_permitted' };

/** What a secret is read for. */
export type SecretUse =
  | { readonly kind: 'credentials'; readonly channel: Channel; readonly company: string }
  | { readonly kind: 'model'; readonly channel: Channel };

/** Secrets by their name, with a bounded cache. Values never reach logs or errors. */
export interface SecretReader {
  /**
   * `pastCache`: the stored value itself, where the cached one did not fit; a secret is read so only once in a while,
   * however often it is asked for.
   */
  read(secretId: string, options?: { readonly pastCache: boolean }): Promise<SecretResult>;
}

/** The port to the secrets, each for what it was made for. */
export interface SecretStore {
  /** `pastCache`: as for a reader. */
  read(secretId: string, use: SecretUse, options?: { readonly pastCache: boolean }): Promise<SecretResult>;
}
