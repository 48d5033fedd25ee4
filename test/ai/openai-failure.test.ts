import { judgeFailure } from '../../src/ai/openai-failure';

describe('judging a failed call', () => {
  it('passes on what is a bug of ours', () => {
    const bug = new RangeError('a bug');
    expect(() => judgeFailure(bug)).toThrow(bug);
    expect(() => judgeFailure(new TypeError('x is not a function'))).toThrow('x is not a function');
    expect(() => judgeFailure(undefined)).toThrow();
  });
});
