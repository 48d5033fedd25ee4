import { alarmWords } from '../../src/console/health/alarm-words';

const since = '2026-11-30T09:00:00.000Z';

test("a description of the stack's alarms is taken apart", () => {
  const description = 'critical: sms: Messages could not be processed. What to do: https://example.com/runbook.md#dead-letters';
  expect(alarmWords({ name: 'a', description, since })).toEqual({
    name: 'a', severity: 'critical', says: 'sms: Messages could not be processed.', since,
    runbook: 'https://example.com/runbook.md#dead-letters',
  });
});

test.each(['', 'javascript:alert(1)', 'critical: x. What to do: javascript:alert(1)', 'warning: y. What to do: runbook.md#y'])(
  'what is no address of the web is no link: %s',
  (description) => {
    expect(alarmWords({ name: 'a', description, since }).runbook).toBeUndefined();
  },
);

test('another description is shown as it is', () => {
  expect(alarmWords({ name: 'a', description: 'By hand', since })).toMatchObject({ severity: '–', says: 'By hand' });
  expect(alarmWords({ name: 'a', description: '', since }).says).toBe('a');
});
