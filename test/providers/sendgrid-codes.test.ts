import { isFailureReason } from '../../src/core/lifecycle/failure';
import { RETRY_RULES } from '../../src/core/ports/provider';
import { SENDGRID_CODES, sendGridRefusal } from '../../src/providers/sendgrid-codes';

describe('the table of SendGrid\'s refusals', () => {
  it.each(Object.entries(SENDGRID_CODES))(
    '%s has a known reason and rule, a cause and an action',
    (_code, [reason, retry, cause, action]) => {
      expect(isFailureReason(reason)).toBe(true);
      expect(RETRY_RULES).toContain(retry);
      expect(cause).toMatch(/^[A-Z].{15,}\.$/);
      expect(action).toMatch(/^[A-Z].{10,}\.$/);
    },
  );

  it.each([
    [400, 'personalizations.0.to.0.email', '', '400-recipient'],
    [400, 'personalizations.0.to', '', '400-recipient'],
    [400, 'from.email', '', '400-sender'],
    [400, 'subject', '', '400-content'],
    [400, 'content.0.value', '', '400-content'],
    [400, 'custom_args', '', '400'],
    [400, 'fromage', '', '400'],
    [400, null, 'Bad Request', '400'],
    [401, null, 'The provided authorization grant is invalid, expired, or revoked', '401'],
    [401, null, 'Maximum credits exceeded', '401-credits'],
    [403, 'from', 'The from address does not match a verified Sender Identity.', '403-sender'],
    [403, null, 'access forbidden', '403'],
    [404, null, 'Not Found', '404'],
    [405, null, 'method not allowed', '404'],
    [413, null, '', '413'],
    [415, null, 'Content-Type should be application/json.', 'other'],
  ] as const)('HTTP %d about %s (%s) is %s', (status, field, message, vendorCode) => {
    const [reason, retry] = SENDGRID_CODES[vendorCode];
    expect(sendGridRefusal(status, [{ message, field }])).toEqual({ reason, retry, vendorCode });
  });

  it('finds the telling fault among others', () => {
    expect(
      sendGridRefusal(400, [
        { message: '' },
        { message: '', field: 'subject' },
        { message: '', field: 'personalizations.0.to' },
      ]).vendorCode,
    ).toBe('400-recipient');
  });
});
