/** The answer for one secret; its fields are strings of one JSON object. */
export type SecretResult =
  | { readonly outcome: 'found'; readonly fields: Readonly<Record<string, string>> }
  | { readonly outcome: 'missing' | 'malformed' | 'unavailable' };

/** The port to the secrets, with a bounded cache. Values never reach logs or errors. */
export interface SecretStore {
  read(secretId: string): Promise<SecretResult>;
}
