import { explain, FAILURE_REASONS, isFailureReason } from '../../../src/core/lifecycle/failure';

describe('reasons', () => {
  test.each(FAILURE_REASONS)('%s has its cause in plain words, and an action for each reader', (reason) => {
    const { cause, operator, client } = explain(reason);
    expect(cause).toMatch(/^[A-Z].{10,}\.$/);
    for (const action of [operator, client]) expect(action).toMatch(/^[A-Z].{3,}\.$/);
  });

  test.each(['Failed to fetch secret x', '', 'constructor', 'toString'])(
    'a reason of an earlier engine is shown as what it is: %j',
    (reason) => {
      expect(explain(reason).cause).toBe(`An earlier engine noted: ${reason}`);
    },
  );

  test('the list is closed', () => {
    expect(isFailureReason('vendor_busy')).toBe(true);
    expect(isFailureReason('bad luck')).toBe(false);
    expect(isFailureReason('toString')).toBe(false);
  });
});
