import { database, PortFailure, queueing } from '../../../src/core/ports/port-failure';

test('a call that succeeds is handed through', async () => {
  expect(await database('Reading', () => Promise.resolve(7))).toBe(7);
});

test.each([
  ['DATABASE_ERROR', database, new TypeError('Ada'), 'TypeError'],
  ['QUEUE_ERROR', queueing, 'Ada', 'string'],
])('a call that fails becomes %s, without the words of its cause', async (code, attempt, cause, type) => {
  const failure: unknown = await attempt('Writing the record', () => Promise.reject(cause)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PortFailure);
  expect(failure).toMatchObject({ code, cause, message: `Writing the record failed with ${type}: the client was asked to repeat the request.` });
});

test('a call that throws before it answers is caught too', async () => {
  const attempt = database('Reading', () => {
    throw new Error('at once');
  });
  await expect(attempt).rejects.toBeInstanceOf(PortFailure);
});
