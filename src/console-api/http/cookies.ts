/** `__Host-`: the browser keeps it for this very host, by TLS (or on this machine), and for no domain above it. */
export const SESSION_COOKIE = '__Host-session';
export const SIGN_IN_COOKIE = '__Host-sign-in';

/** `seconds` 0 takes the cookie away. */
export function setCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}

/** The first value of each name, as it was written. */
export function readCookies(lines: readonly string[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const part of lines.flatMap((line) => line.split(';'))) {
    const end = part.indexOf('=');
    const name = part.slice(0, end).trim();
    if (end > 0 && !found.has(name)) found.set(name, part.slice(end + 1).trim());
  }
  return Object.fromEntries(found);
}
