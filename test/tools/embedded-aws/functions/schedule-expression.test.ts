import { readScheduleExpression } from '../../../../tools/embedded-aws/functions/schedule-expression';

function fires(text: string, moment: string): boolean {
  const expression = readScheduleExpression(text);
  if (expression.kind !== 'cron') throw new Error('no cron');
  return expression.matches(new Date(moment));
}

describe('when a schedule fires', () => {
  test.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s', (text, milliseconds) => {
    expect(readScheduleExpression(text)).toEqual({ kind: 'rate', milliseconds });
  });

  test.each([
    ['cron(0 8 * * ? *)', '2026-03-04T08:00:30Z', true],
    ['cron(0 8 * * ? *)', '2026-03-04T08:01:00Z', false],
    ['cron(0/15 * * * ? *)', '2026-03-04T08:45:00Z', true],
    ['cron(0/15 * * * ? *)', '2026-03-04T08:46:00Z', false],
    ['cron(5/20 * * * ? *)', '2026-03-04T08:25:00Z', true],
    ['cron(*/20 * * * ? *)', '2026-03-04T08:40:00Z', true],
    ['cron(0 8-10 ? * MON-FRI *)', '2026-03-04T10:00:00Z', true],
    ['cron(0 8-10 ? * MON-FRI *)', '2026-03-07T10:00:00Z', false],
    ['cron(0 0 1,15 jan,MAR ? 2026)', '2026-03-15T00:00:00Z', true],
    ['cron(0 0 1,15 jan,MAR ? 2026)', '2027-03-15T00:00:00Z', false],
    ['cron(0 0 ? * 1 *)', '2026-03-01T00:00:00Z', true],
    ['cron(0 0-12/6 * * ? *)', '2026-03-01T06:00:00Z', true],
    ['cron(0 0-12/6 * * ? *)', '2026-03-01T18:00:00Z', false],
  ])('%s at %s: %s', (text, moment, isFiring) => {
    expect(fires(text, moment)).toBe(isFiring);
  });

  test.each([
    'rate(0 minutes)',
    'rate(5 fortnights)',
    'at(2026-01-01T00:00:00)',
    'cron(0 8 * * ?)',
    'cron(60 8 * * ? *)',
    'cron(0 8 L * ? *)',
    'cron(0/0 8 * * ? *)',
    'cron(0 8 ? * MON#1 *)',
    'cron(0, 8 * * ? *)',
    '',
  ])('%s is an error that names it', (text) => {
    expect(() => readScheduleExpression(text)).toThrow(`Reading the schedule "${text}" failed`);
  });
});
