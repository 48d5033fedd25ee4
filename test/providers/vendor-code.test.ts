import { SENDGRID_CODES } from '../../src/providers/sendgrid-codes';
import { TWILIO_CODES } from '../../src/providers/twilio-codes';
import type { VendorCode } from '../../src/core/ports/vendor';

const CODES: ReadonlyArray<readonly [string, VendorCode]> = [
  ...Object.entries(TWILIO_CODES).map(([code, meaning]) => [`Twilio ${code}`, meaning] as const),
  ...Object.entries(SENDGRID_CODES).map(([code, meaning]) => [`SendGrid ${code}`, meaning] as const),
];

/** The class of a code is its reason and its rule together; for these reasons only one rule makes sense. */
const RULE_OF: Readonly<Record<string, string>> = {
  recipient_opted_out: 'never',
  recipient_unreachable: 'never',
  answer_lost: 'never',
  content_rejected: 'never',
  vendor_busy: 'soon',
  vendor_daily_limit: 'next_day',
  sender_misconfigured: 'after_configuration',
};

describe('the class of every vendor\'s code', () => {
  it.each(CODES)(
    '%s is permanent, tried again, put off for a day, an opt-out or a fault of configuration, without contradiction',
    (_code, [reason, retry]) => {
      expect(retry).toBe(RULE_OF[reason] ?? retry);
    },
  );

  it('has codes of each class', () => {
    const rules = new Set(CODES.map(([, [, retry]]) => retry));
    expect([...rules].sort()).toEqual(['after_configuration', 'never', 'next_day', 'soon']);
  });
});
