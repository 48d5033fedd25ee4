import { unforeseen } from '../../src/core/unforeseen';

test('type and place of a fault stay, its message does not', () => {
  const fault = unforeseen(new RangeError('Ada is out of range\nof +447700900123'));
  expect(fault.message).toContain('RangeError');
  expect(fault.stack).toContain('unforeseen.test');
  expect(`${fault.message} ${fault.stack}`).not.toMatch(/\bAda\b|447700900123/);
});

test('what is thrown and no error is told by its type alone', () => {
  expect(unforeseen('Ada').message).toMatch(/unforeseen string/);
  const bare = new Error('Ada');
  delete bare.stack;
  expect(unforeseen(bare).stack).not.toMatch(/\bAda\b/);
});
