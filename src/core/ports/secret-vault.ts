/** One secret as it is stored, for those who check and change it; a function reads it by its own port. */
export type StoredSecret =
  | { readonly state: 'found'; readonly fields: Readonly<Record<string, string>> }
  | { readonly state: 'missing' }
  /** It holds something else than one JSON object whose fields are texts. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'marked_for_deletion' };

/** The port by which people store secrets. Values never reach logs or errors. */
export interface SecretVault {
  read(name: string): Promise<StoredSecret>;
  /** Makes the secret or gives it a new version: one call, so that nothing is ever half written. */
  store(
    name: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<'created' | 'replaced' | 'marked_for_deletion'>;
  /** Names of every secret of the product in this account and region, in order. */
  list(): Promise<readonly string[]>;
}
