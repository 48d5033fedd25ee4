/**
 * Errors of a TLS handshake in which our side turned the vendor's certificate down (Node.js documentation, "X509
 * certificate error codes" and ERR_TLS_CERT_ALTNAME_INVALID): the request is written only after it.
 */
const CERTIFICATE_CODES: ReadonlySet<unknown> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
]);

/** The system calls before a connection exists. */
const EARLY_CALLS: ReadonlySet<unknown> = new Set(['getaddrinfo', 'connect']);

/**
 * Node's own words when the peer hangs up during the handshake; the code alone (ECONNRESET) would not tell it from a
 * later reset.
 */
const HANDSHAKE_CUT = 'Client network socket disconnected before secure TLS connection was established';

/**
 * Whether a failure of `fetch` proves that nothing of the request was written. Measured on Node.js 20.20: DNS failure,
 * refused and unreachable hosts carry `syscall` getaddrinfo or connect; a refused certificate its own code. All else is
 * doubt, a reset (`read ECONNRESET`) above all.
 */
export function provesNothingWasSent(failure: unknown): boolean {
  const { syscall, code, message, errors, cause } = fieldsOf(failure);
  if (
    EARLY_CALLS.has(syscall) ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    CERTIFICATE_CODES.has(code) ||
    message === HANDSHAKE_CUT
  ) {
    return true;
  }
  // Several addresses of one host were tried, and each failed in its own way.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(provesNothingWasSent);
  return cause !== undefined && provesNothingWasSent(cause);
}

/** The innermost error code of a failure: the only part of it that surely holds no personal data. */
export function failureCode(failure: unknown): string {
  const { code, cause } = fieldsOf(failure);
  const inner = cause === undefined ? 'no code' : failureCode(cause);
  if (inner !== 'no code') return inner;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'no code';
}

function fieldsOf(
  failure: unknown,
): Readonly<Partial<Record<'syscall' | 'code' | 'message' | 'errors' | 'cause', unknown>>> {
  return typeof failure === 'object' && failure !== null ? failure : {};
}
