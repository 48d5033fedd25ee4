/** Headers that let a web page of an allowed origin read an answer; `*` allows all. */
export function corsHeaders(origin: string | undefined, origins: readonly string[]): Readonly<Record<string, string>> {
  const exposed = { 'Access-Control-Expose-Headers': 'Idempotency-Replayed, Retry-After' };
  if (origins.includes('*')) return { 'Access-Control-Allow-Origin': '*', ...exposed };
  if (origin === undefined || !origins.includes(origin)) return { Vary: 'Origin' };
  return { 'Access-Control-Allow-Origin': origin, 'Vary': 'Origin', ...exposed };
}
