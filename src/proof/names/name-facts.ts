import type { Leaf } from '../fact-places';

/** Sections whose names every value may use, whatever part they have: whose message it is, and the words around it. */
export const MESSAGE_SECTIONS: readonly string[] = ['template', 'recipient_data', 'company_data', 'company_rep'];

const LONGEST_NAME = 60;
/** A text of few words that begins with a capital or has none: somebody, some place, some thing. */
const NAME = /^(?:\p{Lu}|\p{Lo})[\p{L}\p{M}'’.&-]*(?: [\p{L}\p{M}'’.&-]+){0,5}$/u;

/** The fact consists of a name. */
export function isName({ value }: Leaf): boolean {
  return typeof value === 'string' && value.length <= LONGEST_NAME && NAME.test(value);
}

/** It does, and a key says what it names. */
export function isNameWithRole(leaf: Leaf): boolean {
  return isName(leaf) && !MESSAGE_SECTIONS.includes(leaf.path[0] ?? '');
}
