import { messageGroup } from '../../src/queue/message-group';

test('a company is its own group where SQS allows its name', () => {
  expect(messageGroup('harbour-and-pine_2.0/uk')).toBe('harbour-and-pine_2.0/uk');
  expect(messageGroup('x'.repeat(128))).toBe('x'.repeat(128));
});

test.each(['two words', 'Zoë', 'x'.repeat(129), ''])('%j is grouped by its hash', (company) => {
  expect(messageGroup(company)).toMatch(/^[0-9a-f]{64}$/);
  expect(messageGroup(company)).toBe(messageGroup(company));
  expect(messageGroup(company)).not.toBe(messageGroup(`${company}!`));
});
