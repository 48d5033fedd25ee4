import metadata from 'libphonenumber-js/metadata.min.json';

/** Where the national prefix stands in the library's record of a country. */
const NATIONAL_PREFIX = 5;

/** Country calling codes by the prefix that their national numbers begin with: `0` for most, none for some. */
export function callingCodes(): Readonly<Record<string, string>> {
  const byPrefix = new Map<string, string[]>();
  for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
    const [country = ''] = countries;
    const record: readonly unknown[] = Reflect.get(metadata.countries, country) ?? [];
    const prefix = typeof record[NATIONAL_PREFIX] === 'string' ? record[NATIONAL_PREFIX] : '';
    byPrefix.set(prefix, [...byPrefix.get(prefix) ?? [], code]);
  }
  return Object.fromEntries([...byPrefix].map(([prefix, codes]) => [prefix, codes.join(' ')]));
}
