import { isFailureReason } from '../../src/core/lifecycle/failure';
import { RETRY_RULES } from '../../src/core/ports/provider';
import { TWILIO_CODES, twilioRefusal } from '../../src/providers/twilio-codes';

/** Every code of the research on Twilio's error classes. */
const KNOWN_CODES = [
  20429, 21611, 20500, 20003, 20404, 63007, 30002, 30034, 21211, 21614, 63003, 63024, 30005, 30006, 21408, 30450, 21610,
  21656, 21617, 63013, 63021, 63030, 63016, 63017, 63018, 63038, 63032, 63049, 63062, 30001, 30003, 30004, 30007, 30008,
];

describe('the table of Twilio\'s codes', () => {
  it.each(KNOWN_CODES)('has %d', (code) => {
    expect(TWILIO_CODES[code]).toBeDefined();
  });

  it.each(Object.entries(TWILIO_CODES))(
    '%s has a known reason and rule, a cause and an action',
    (code, [reason, retry, cause, action]) => {
      expect(code).toMatch(/^\d{5,6}$/);
      expect(isFailureReason(reason)).toBe(true);
      expect(RETRY_RULES).toContain(retry);
      expect(cause).toMatch(/^[A-Z].{15,}\.$/);
      expect(action).toMatch(/^[A-Z].{10,}\.$/);
      // What a table is for: only a code that it lacks has to be looked up.
      expect(action).not.toMatch(/look the code up/i);
    },
  );

  it.each([
    ['a wrong token waits for the operator', 20003, 'sender_misconfigured', 'after_configuration'],
    ['an opt-out is final', 21610, 'recipient_opted_out', 'never'],
    ['a full queue is tried again soon', 21611, 'vendor_busy', 'soon'],
    ['a daily limit is tried again the next day', 63038, 'vendor_daily_limit', 'next_day'],
    ['a carrier that may have delivered is never tried again', 30008, 'answer_lost', 'never'],
    ['an error of Twilio\'s own is never tried again', 20500, 'answer_lost', 'never'],
    ['a filtered message is never tried again', 30007, 'content_rejected', 'never'],
    ['an unknown code is final', 99_999, 'vendor_refused', 'never'],
  ])('%s', (_rule, code, reason, retry) => {
    expect(twilioRefusal(code, '+447700900200')).toEqual({ reason, retry, vendorCode: String(code) });
  });

  it('tries a withheld marketing message again, but never in North America', () => {
    expect(twilioRefusal(63049, '+447700900200').retry).toBe('next_day');
    expect(twilioRefusal(63049, '+15005550006').retry).toBe('never');
    expect(twilioRefusal(63038, '+15005550006').retry).toBe('next_day');
  });
});
