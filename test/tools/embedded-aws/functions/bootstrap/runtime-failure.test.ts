import { failureOf, RuntimeError } from '../../../../../tools/embedded-aws/functions/bootstrap/runtime-failure';

describe('what a failed invocation answers', () => {
  test('an error gives its name, message and stack', () => {
    const failure = failureOf(new TypeError('no such field'));
    expect(failure).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such field' });
    expect(failure.trace?.[0]).toBe('TypeError: no such field');
  });

  test('an error without a stack gives an empty trace line', () => {
    const error = new Error('bare');
    delete error.stack;
    expect(failureOf(error).trace).toEqual(['']);
  });

  test('a thrown value that is no error gives its type and text', () => {
    expect(failureOf('just text')).toEqual({ errorType: 'string', errorMessage: 'just text', trace: [] });
  });

  test('a fault of the runtime carries Lambda\'s prefix', () => {
    expect(failureOf(new RuntimeError('HandlerNotFound', 'index.run is undefined')).errorType).toBe('Runtime.HandlerNotFound');
  });
});
