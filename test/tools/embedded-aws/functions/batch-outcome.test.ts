import { doneMessageIds } from '../../../../tools/embedded-aws/functions/batch-outcome';
import type { InvocationResult } from '../../../../tools/embedded-aws/functions/invocation-result';
import { answered, REPORT } from './handmade-stack';

const failures = (...identifiers: unknown[]) =>
  answered({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

describe('which messages of a batch are done with', () => {
  test.each([
    ['nothing failed', failures(), ['a', 'b']],
    ['one failed', failures('b'), ['a']],
    ['all failed', failures('a', 'b'), []],
    ['an empty answer', answered({}), ['a', 'b']],
    ['a null answer', answered(null), ['a', 'b']],
    ['a null list', answered({ batchItemFailures: null }), ['a', 'b']],
    ['an empty identifier', failures(''), []],
    ['a null identifier', failures(null), []],
    ['a wrong name', answered({ batchItemFailures: [{ id: 'a' }] }), []],
    ['an identifier of another batch', failures('c'), []],
    ['an answer of another shape', answered('done'), []],
    [
      'an error',
      { kind: 'failed', payload: '{}', failure: { errorType: 'Error', errorMessage: 'bad' }, report: REPORT },
      [],
    ],
    ['a throttled invocation', { kind: 'throttled' }, []],
  ] satisfies ReadonlyArray<[string, InvocationResult, string[]]>)('%s', (_what, result, done) => {
    expect(doneMessageIds(['a', 'b'], result, true)).toEqual(done);
  });

  test('without item failures any answer is a success', () => {
    expect(doneMessageIds(['a', 'b'], failures('a'), false)).toEqual(['a', 'b']);
  });
});
