/** When a rule or schedule of EventBridge fires, in UTC. */
export type ScheduleExpression =
  | { readonly kind: 'rate'; readonly milliseconds: number }
  /** Whether the minute that holds this moment is one to fire in. */
  | { readonly kind: 'cron'; matches(moment: Date): boolean };

const MILLISECONDS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface CronField {
  readonly lowest: number;
  readonly highest: number;
  readonly names?: readonly string[];
  readonly read: (moment: Date) => number;
}

/**
 * In the order of a cron expression.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
const CRON_FIELDS: readonly CronField[] = [
  { lowest: 0, highest: 59, read: (moment) => moment.getUTCMinutes() },
  { lowest: 0, highest: 23, read: (moment) => moment.getUTCHours() },
  { lowest: 1, highest: 31, read: (moment) => moment.getUTCDate() },
  { lowest: 1, highest: 12, names: MONTHS, read: (moment) => moment.getUTCMonth() + 1 },
  { lowest: 1, highest: 7, names: WEEKDAYS, read: (moment) => moment.getUTCDay() + 1 },
  { lowest: 1970, highest: 2199, read: (moment) => moment.getUTCFullYear() },
];

/** Reads `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`; anything else is an error that names it. */
export function readScheduleExpression(text: string): ScheduleExpression {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (count !== undefined && isUnit(unit) && Number(count) > 0) {
    return { kind: 'rate', milliseconds: Number(count) * MILLISECONDS[unit] };
  }
  const fields = /^cron\((.+)\)$/.exec(text)?.[1]?.split(/\s+/) ?? [];
  if (fields.length !== CRON_FIELDS.length) throw unreadable(text);
  const tests = CRON_FIELDS.map((field, index) => readCronField(fields[index] ?? '', field, text));
  return { kind: 'cron', matches: (moment) => tests.every((test) => test(moment)) };
}

function readCronField(written: string, field: CronField, text: string): (moment: Date) => boolean {
  const allowed = new Set(written.split(',').flatMap((part) => valuesOf(part, field, text)));
  return (moment) => allowed.has(field.read(moment));
}

function valuesOf(part: string, field: CronField, text: string): readonly number[] {
  const [range = '', step = '1'] = part.split('/');
  const [from = '', to = part.includes('/') ? String(field.highest) : from] = range === '*' || range === '?'
    ? [String(field.lowest), String(field.highest)]
    : range.split('-');
  const [first, last] = [valueOf(from, field), valueOf(to, field)];
  if (first === undefined || last === undefined || !/^[1-9]\d*$/.test(step)) throw unreadable(text);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset).filter(
    (value) => (value - first) % Number(step) === 0,
  );
}

function valueOf(written: string, { lowest, highest, names }: CronField): number | undefined {
  const named = names?.indexOf(written.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + lowest : Number(written);
  return Number.isInteger(value) && written !== '' && value >= lowest && value <= highest ? value : undefined;
}

function isUnit(unit: string | undefined): unit is keyof typeof MILLISECONDS {
  return unit !== undefined && unit in MILLISECONDS;
}

function unreadable(text: string): Error {
  return new Error(
    `Reading the schedule "${text}" failed: it is neither rate(…) nor a cron(…) of six fields with lists, ranges `
    + 'and steps. ' +
      'Change it in the stack, or add its meaning in tools/embedded-aws/functions/schedule-expression.ts.',
  );
}
