import { explain, FAILURE_REASONS, isFailureReason } from '../../../src/core/lifecycle/failure';

describe('reasons', () => {
  test.each(FAILURE_REASONS)('%s has plain words for clients and an action for the operator', (reason) => {
    const { words, action } = explain(reason);
    expect(words).toMatch(/^[A-Z].{10,}\.$/);
    expect(action).toMatch(/^[A-Z].{3,}\.$/);
  });

  test('the list is closed', () => {
    expect(isFailureReason('vendor_busy')).toBe(true);
    expect(isFailureReason('bad luck')).toBe(false);
    expect(isFailureReason('toString')).toBe(false);
  });
});
