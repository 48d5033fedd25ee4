/** The answer for one secret; its fields are strings of one JSON object. */
export type SecretResult =
  | { readonly outcome: 'found'; readonly fields: Readonly<Record<string, string>> }
  | { readonly outcome: 'missing' | 'malformed' | 'unavailable' };

/** The port to the secrets, with a bounded cache. Values never reach logs or errors. */
export interface SecretStore {
  /**
   * `pastCache`: the stored value itself, where the cached one did not fit; a secret is read so only once in a while,
   * however often it is asked for.
   */
  read(secretId: string, options?: { readonly pastCache: boolean }): Promise<SecretResult>;
}
