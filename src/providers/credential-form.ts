import type { CredentialField } from '../core/ports/vendor';

export function matching(pattern: RegExp, message: string): CredentialField['fault'] {
  return (value) => (pattern.test(value) ? undefined : message);
}

export const oneWord = matching(/^[\x21-\x7e]+$/, 'must be one word without spaces');
