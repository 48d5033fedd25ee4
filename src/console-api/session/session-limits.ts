const MINUTE = 60_000;

/** Milliseconds by which a session ends or has to be looked at again. */
export const SESSION_LIMITS = {
  /** From sign-in, whatever the person does. */
  longest: 12 * 60 * MINUTE,
  /** Without a call. */
  idle: 30 * MINUTE,
  /** Roles are read again at the provider once they are this old. */
  roles: 5 * MINUTE,
  /** A provider that cannot be reached keeps nobody in for longer than this. */
  rolesAtMost: 15 * MINUTE,
  /** A call is noted no more often than this. */
  noted: MINUTE,
  /** From the page to the provider and back. */
  signIn: 10 * MINUTE,
} as const;
