import { checkRows } from '../../src/console/companies/verification-rows';

const finding = (subject: string) => ({ subject, verdict: 'ok' as const, words: 'Fine.' });

test('each check is a row; the first of a channel says when it was verified, and one never verified says so', () => {
  const asked = { at: '2026-11-30T09:00:00.000Z', by: 'Sam', isOutdated: true };
  const rows = checkRows({
    command: 'engine company verify',
    channels: [
      { channel: 'sms', verified: { ...asked, findings: [finding('account'), finding('model')] } },
      { channel: 'email' },
    ],
    answers: [finding('answers')],
  });
  expect(rows.map(({ part, finding: one, asked: when }) => [part, one?.subject, when?.by])).toEqual([
    ['sms', 'account', 'Sam'], ['sms', 'model', undefined], ['email', undefined, undefined], ['answers', 'answers', undefined],
  ]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
});
