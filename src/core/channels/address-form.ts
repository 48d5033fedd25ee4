/** What the addresses of a channel are, for its recipients and for the company's sender alike. */
export interface AddressForm {
  /** Field of a request's `recipient_data`. */
  readonly requestField: 'recipient_tel' | 'recipient_email';
  /** Ends the names of the company's lists of recipients (`auto_queue_reply_message_from_number`). */
  readonly listName: 'number' | 'email';
  readonly pattern: RegExp;
  /** Completes "must be …". */
  readonly description: string;
  /** Matches the partition keys of such recipients' records, for IAM. */
  readonly keyPattern: string;
}

export const TELEPHONE_NUMBER: AddressForm = {
  requestField: 'recipient_tel',
  listName: 'number',
  pattern: /^\+[1-9]\d{6,14}$/,
  description: 'a phone number in E.164 form, such as "+447700900100"',
  keyPattern: '+*',
};

export const EMAIL_ADDRESS: AddressForm = {
  requestField: 'recipient_email',
  listName: 'email',
  pattern: /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/,
  description: 'an e-mail address',
  keyPattern: '*@*',
};
