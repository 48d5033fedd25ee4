import type { Channel } from '../channel';
import type { ResourceNames } from '../names';

/** What the name of a credential secret says. */
export type CredentialName =
  /** No function of the stage may read a secret of this name. */
  | { readonly readable: false }
  /** `company`: the identifier or the short name of the company that the secret was made for. */
  | { readonly readable: true; readonly company: string };

/**
 * Reads a secret's name as the functions' permissions do (`credentialSecretPattern`): any path may stand between the
 * channel and the vendor, since companies of the engine before this one are named there by a short name.
 */
export function parseCredentialName(
  names: Pick<ResourceNames, 'credentialSecretPattern'>,
  channel: Channel,
  name: string,
): CredentialName {
  const [start = '', end = ''] = names.credentialSecretPattern(channel).replace(/-\?+$/, '').split('*');
  const path = name.slice(start.length, -end.length);
  const [company = ''] = path.split('/');
  const isReadable =
    name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length && company !== '';
  return isReadable ? { readable: true, company } : { readable: false };
}
