import { uuidV5 } from '../../src/core/uuid-v5';

test('a name has one UUID of version 5, and another name another one', () => {
  const made = uuidV5('reminder#one');
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidV5('reminder#one')).toBe(made);
  expect(uuidV5('reminder#two')).not.toBe(made);
});
