import { parseProject } from '../../../src/core/company/company';
import { replyBurstOf } from '../../../src/core/company/reply-settings';
import { sampleCompany } from '../../support/sample-message';

const project = (settings: Readonly<Record<string, unknown>>) => parseProject(sampleCompany(settings));

test('the channel says when messages are one reply, unless the project does', () => {
  expect(replyBurstOf({}, 'sms')).toEqual({ quiet_seconds: 6, longest_seconds: 45 });
  expect(replyBurstOf({}, 'email')).toEqual({ quiet_seconds: 60, longest_seconds: 300 });
  expect(replyBurstOf({ reply_burst: { quiet_seconds: 2 } }, 'whatsapp')).toEqual({
    quiet_seconds: 2,
    longest_seconds: 45,
  });
  expect(replyBurstOf({ reply_burst: { quiet_seconds: 90 } }, 'sms')).toEqual({
    quiet_seconds: 90,
    longest_seconds: 90,
  });
});

test('all of it is off in a record that says nothing', () => {
  const checked = project({});
  expect(checked.valid && checked.value).toEqual(
    expect.not.objectContaining({ replies: expect.anything(), remind_after_minutes: expect.anything() }),
  );
});

test.each([
  [{ replies: 'answer_all' }, 'replies', 'must be one of keep, hand_off, answer'],
  [{ reply_burst: { quiet_seconds: 0 } }, 'reply_burst.quiet_seconds', 'must be at least 1'],
  [{ reply_burst: { longest_seconds: 901 } }, 'reply_burst.longest_seconds', 'must be at most 900'],
  [{ remind_after_minutes: 43_201 }, 'remind_after_minutes', 'must be at most 43200'],
  [{ unanswered_after_minutes: 1.5 }, 'unanswered_after_minutes', 'must be int'],
])('%j is refused', (settings, path, message) => {
  expect(project(settings)).toEqual({ valid: false, faults: [{ path, message }] });
});
