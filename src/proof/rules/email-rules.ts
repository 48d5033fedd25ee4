import type { Rule } from './rules';

/** Characters of a subject: RFC 5322 allows a line of 998, mail programs show far fewer. */
const LONGEST_SUBJECT = 255;

/** A value in the subject must not begin another header. */
export function subjectValueFaults(value: string): readonly Rule[] {
  return /[\r\n\t\v\f\u0085\u2028\u2029]/u.test(value) ? ['line_break'] : [];
}

/** Rules of the filled subject. */
export function subjectFaults(subject: string): readonly Rule[] {
  return [
    ...(subject.trim() === '' ? (['subject_empty'] as const) : []),
    ...(subject.length > LONGEST_SUBJECT ? (['subject_too_long'] as const) : []),
    ...subjectValueFaults(subject),
  ];
}
