import type { Project } from '../../src/core/company/company';
import { parseProject } from '../../src/core/company/company';
import { asksForReview } from '../../src/processor/review-rule';
import { sampleCompany } from '../support/sample-message';

function project(flags: Partial<Project>): Project {
  const checked = parseProject(sampleCompany(flags));
  if (!checked.valid) throw new Error('The sample record is faulty.');
  return checked.value;
}

const phone = { channel_method: 'sms', primary_channel: '+447700900123' } as const;
const mail = { channel_method: 'email', primary_channel: 'ada.example@example.com' } as const;

test('nobody has to see a message unless the company asks for it', () => {
  expect(asksForReview(project({}), phone)).toBe(false);
  expect(asksForReview(project({ auto_queue_initial_message_from_number: ['+447700900123'] }), phone)).toBe(false);
});

test('without a list, every recipient\'s message is seen', () => {
  expect(asksForReview(project({ auto_queue_initial_message: true }), phone)).toBe(true);
  expect(asksForReview(project({ auto_queue_initial_message: true }), mail)).toBe(true);
});

test.each([
  ['+447700900123', true],
  ['447700900123', true],
  [' +44 7700 900123 ', true],
  ['+447700900999', false],
])('a list with the number %p narrows it: %p', (number, asks) => {
  expect(
    asksForReview(
      project({ auto_queue_initial_message: true, auto_queue_initial_message_from_number: [number] }),
      phone,
    ),
  ).toBe(asks);
});

test.each([
  ['Ada.Example@Example.com', true],
  ['other@example.com', false],
])('a list with the address %p narrows it: %p', (address, asks) => {
  expect(
    asksForReview(
      project({ auto_queue_initial_message: true, auto_queue_initial_message_from_email: [address] }),
      mail,
    ),
  ).toBe(asks);
});

test('a channel is narrowed by its own list only', () => {
  const flags = { auto_queue_initial_message: true, auto_queue_initial_message_from_email: ['other@example.com'] };
  expect(asksForReview(project(flags), phone)).toBe(true);
});
