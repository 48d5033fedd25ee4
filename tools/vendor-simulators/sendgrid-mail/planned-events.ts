import type { SendGridAccount } from './account-settings';
import type { AddressBehaviour } from './magic-addresses';
import { arrivalEvents } from './magic-addresses';
import type { CheckedMail } from './mail-check';

/** What SendGrid reports of a mail that it took, in this order. */
export function planEvents(mail: CheckedMail, behaviour: AddressBehaviour | undefined) {
  const planned = behaviour?.kind === 'events' ? behaviour.events : arrivalEvents(mail.openTracking);
  const receipts = behaviour?.kind === 'receipts' ? behaviour.receipts : undefined;
  return (receipts === 'reversed' ? [...planned].reverse() : planned)
    .map((event) => ({ planned: event, posted: receipts !== 'none', again: receipts === 'doubled' }));
}

/** Whether an account may send as an address. */
export function isVerified(account: SendGridAccount, from: string): boolean {
  const address = from.toLowerCase();
  return account.verifiedSenders.some((sender) =>
    sender.startsWith('@') ? address.endsWith(sender.toLowerCase()) : address === sender.toLowerCase(),
  );
}
