import * as z from 'zod/mini';

/** BCP 47 as far as companies need it: a language, a script, a region. */
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;
const A_LANGUAGE = 'must be a language such as en, en-GB or zh-Hant';

/** One value a language, one language at least. */
export function byLanguage<Value extends z.core.SomeType>(value: Value) {
  return z.record(z.string().check(z.regex(LANGUAGE, A_LANGUAGE)), value).check(
    z.refine((held) => Object.keys(held).length > 0, 'must hold one language at least'),
  );
}

/** The value of a language: of its very tag, or of another tag of the same language (`en-GB` for `en`). */
export function inLanguage<Value>(
  values: Readonly<Record<string, Value>>,
  language: string,
): { readonly language: string; readonly value: Value } | undefined {
  const wanted = language.toLowerCase();
  const entries = Object.entries(values);
  const found = entries.find(([tag]) => tag.toLowerCase() === wanted)
    ?? entries.find(([tag]) => tag.toLowerCase() === primary(wanted))
    ?? entries.find(([tag]) => primary(tag) === primary(wanted));
  return found && { language: found[0], value: found[1] };
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
