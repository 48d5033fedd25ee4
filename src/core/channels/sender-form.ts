/**
 * What a company sends as. A *service* chooses one of its numbers for each message (Twilio's Messaging Service); a
 * *name* is shown in the place of a number and receives no replies.
 */
export type SenderKind = 'number' | 'short code' | 'service' | 'name' | 'mail';

/** The form of each kind, and what completes "must be …". */
const FORMS: Readonly<Record<SenderKind, { readonly pattern: RegExp; readonly description: string }>> = {
  'number': { pattern: /^\+[1-9]\d{6,14}$/, description: 'a phone number in E.164 form, such as "+447700900100"' },
  'short code': { pattern: /^\d{3,8}$/, description: 'a short code of 3 to 8 digits' },
  'service': { pattern: /^MG[0-9a-fA-F]{32}$/, description: 'a Messaging Service ("MG" and 32 hexadecimal digits)' },
  // Letters, digits and spaces, with one letter at least (twilio.com/docs/glossary/what-alphanumeric-sender-id).
  'name': {
    pattern: /^(?=[A-Za-z0-9 ]{1,11}$)(?=.*[A-Za-z])[A-Za-z0-9]/,
    description: 'a name of at most 11 letters, digits and spaces',
  },
  'mail': { pattern: /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/, description: 'an e-mail address' },
};

/** Undefined if it is of none of these kinds. */
export function senderKind(sender: string, kinds: readonly SenderKind[]): SenderKind | undefined {
  return kinds.find((kind) => FORMS[kind].pattern.test(sender));
}

/** Whether a vendor's service sends, and chooses the number for each message. */
export function isService(sender: string): boolean {
  return FORMS.service.pattern.test(sender);
}

/** Completes "must be …". */
export function describeSenders(kinds: readonly SenderKind[]): string {
  return kinds.map((kind) => FORMS[kind].description).join(', or ');
}
