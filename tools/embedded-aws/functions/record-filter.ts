import { isJsonObject } from '../template/json-object';

/** One rule of a pattern for a value: a literal, or one of the comparisons below. */
type Rule = unknown;

/** Comparisons that the embedded cloud knows; a pattern with another one is refused at the start. */
const COMPARISONS = ['prefix', 'suffix', 'anything-but', 'exists'];

/**
 * Whether a record passes a filter of an event source: every field of the pattern must have a value that one of its
 * rules takes. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function passesFilter(pattern: unknown, record: unknown): boolean {
  if (!isJsonObject(pattern)) return false;
  return Object.entries(pattern).every(([field, rule]) => {
    const value = isJsonObject(record) ? record[field] : undefined;
    return Array.isArray(rule) ? rule.some((one: Rule) => takes(one, value)) : passesFilter(rule, value);
  });
}

/** A sentence that names what the embedded cloud does not know of a pattern. */
export function filterFault(pattern: unknown): string | undefined {
  if (!isJsonObject(pattern)) return 'a filter pattern must be a JSON object';
  for (const rule of Object.values(pattern)) {
    const fault = Array.isArray(rule) ? rule.map(ruleFault).find((one) => one !== undefined) : filterFault(rule);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ruleFault(rule: Rule): string | undefined {
  if (!isJsonObject(rule)) return undefined;
  const unknown = Object.keys(rule).find((name) => !COMPARISONS.includes(name));
  return unknown === undefined ? undefined : `the comparison ${unknown} of a filter is not known`;
}

function takes(rule: Rule, value: unknown): boolean {
  if (!isJsonObject(rule)) return rule === value;
  const text = typeof value === 'string' ? value : undefined;
  return Object.entries(rule).every(([comparison, wanted]) => {
    switch (comparison) {
      case 'prefix': return text?.startsWith(String(wanted)) ?? false;
      case 'suffix': return text?.endsWith(String(wanted)) ?? false;
      case 'exists': return (value !== undefined) === wanted;
      case 'anything-but': return value !== undefined && ![wanted].flat().includes(value);
      default: return false;
    }
  });
}
