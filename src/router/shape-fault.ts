import type { Fault, Refusal, RefusalCode } from '../core/contract/refusal';
import { REFUSAL_CODES } from '../core/contract/refusal';

/** A fault of a request's shape with the word that clients know it by. */
export interface ShapeFault extends Fault {
  readonly code: RefusalCode;
}

const ORDER: readonly string[] = REFUSAL_CODES;

/** One refusal for all faults: the first in the contract's order names it. */
export function refuseShape(faults: readonly ShapeFault[]): Refusal {
  const ordered = [...faults].sort((one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code));
  const [first] = ordered;
  return {
    code: first?.code ?? 'INVALID_REQUEST',
    message: first ? `${first.path} ${first.message}.` : 'The request is faulty.',
    details: ordered.map(({ path, message }) => ({ path, message })),
  };
}
