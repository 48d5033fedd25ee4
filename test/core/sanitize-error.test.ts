import { sanitizeError } from '../../src/core/sanitize-error';

test('type and place of a fault stay, its message does not', () => {
  const fault = sanitizeError(new RangeError('Ada is out of range\nof +447700900123'));
  expect(fault.message).toContain('RangeError');
  expect(fault.stack).toContain('sanitize-error.test');
  expect(`${fault.message} ${fault.stack}`).not.toMatch(/\bAda\b|447700900123/);
});

test('what is thrown and no error is told by its type alone', () => {
  expect(sanitizeError('Ada').message).toMatch(/unexpected string/);
  const bare = new Error('Ada');
  delete bare.stack;
  expect(sanitizeError(bare).stack).not.toMatch(/\bAda\b/);
});
