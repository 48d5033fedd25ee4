const compiled = new Map<string, RegExp>();

/** Matches as IAM does: `*` any run of characters, `/` and `:` included, `?` one character. */
export function matchesWildcard(pattern: string, value: string, ignoreCase = false): boolean {
  const key = ignoreCase ? `i${pattern}` : `s${pattern}`;
  const known = compiled.get(key);
  const expression =
    known ??
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[\\s\\S]*')
        .replaceAll('?', '[\\s\\S]')}$`,
      ignoreCase ? 'i' : '',
    );
  if (!known) compiled.set(key, expression);
  return expression.test(value);
}
