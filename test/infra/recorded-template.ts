import { join } from 'node:path';

/** The reviewed templates, and what they are records of. */
export const RECORDS: ReadonlyArray<{ readonly variant: string; readonly file: string }> = [
  { variant: 'dev without credentials', file: join(__dirname, 'templates/dev.json') },
  { variant: 'prod without credentials', file: join(__dirname, 'templates/prod.json') },
];

/** A template without what changes at each build, and without what CloudFormation does not read. */
export function recorded(template: object): object {
  const text = JSON.stringify(template, (key, value: unknown) => (key === 'Metadata' ? undefined : value))
    // Names of versions and deployments end with a hash of what they are made of.
    .replace(/\b(\w+(?:CurrentVersion|Deployment)[0-9A-F]{8})[0-9a-f]{32}\b/g, '$1')
    .replace(/\b[0-9a-f]{64}\b/g, 'asset');
  return sorted(JSON.parse(text)) as object;
}

/** The order of a template's keys means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
