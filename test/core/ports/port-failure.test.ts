import { database, PortFailure, queueing, Unwritable } from '../../../src/core/ports/port-failure';

test('a call that succeeds is handed through', async () => {
  expect(await database('Reading', () => Promise.resolve(7))).toBe(7);
});

test.each([
  ['DATABASE_ERROR', database, new TypeError('Ada'), 'TypeError'],
  ['QUEUE_ERROR', queueing, 'Ada', 'string'],
])('a call that fails becomes %s, without the words of its cause', async (code, attempt, cause, type) => {
  const failure: unknown = await attempt('Writing the record', () => Promise.reject(cause)).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(PortFailure);
  expect(failure).toMatchObject({
    code,
    cause,
    message: `Writing the record failed with ${type}: the client was asked to repeat the request.`,
  });
});

test.each([
  [true, 'a value that cannot be written', new Unwritable('a function')],
  [true, 'a refusal at the first try', { $metadata: { httpStatusCode: 400, attempts: 1 } }],
  [false, 'a refusal after a repetition', { $metadata: { httpStatusCode: 400, attempts: 2 } }],
  [false, 'an outage', { $metadata: { httpStatusCode: 503, attempts: 1 } }],
  [false, 'a connection that broke', new Error('socket hang up')],
  [false, 'an error without more', { $metadata: null }],
])('says %s of whether %s left nothing behind for certain', async (isDefinite, _what, cause) => {
  await expect(database('Writing', () => Promise.reject(cause as Error))).rejects.toMatchObject({ isDefinite });
});

test('a call that throws before it answers is caught too', async () => {
  const attempt = database('Reading', () => {
    throw new Error('at once');
  });
  await expect(attempt).rejects.toBeInstanceOf(PortFailure);
});
