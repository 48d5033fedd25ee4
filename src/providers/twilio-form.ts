/**
 * What `POST …/Messages.json` is told, in Twilio's words (twilio.com/docs/messaging/api/message-resource). A test
 * compares the names with Twilio's own types.
 */
export interface TwilioMessageForm {
  readonly From?: string;
  readonly MessagingServiceSid?: string;
  readonly To: string;
  readonly Body?: string;
  readonly ContentSid?: string;
  /** JSON: the values by the names of the template's variables. */
  readonly ContentVariables?: string;
  /** Whole seconds. */
  readonly ValidityPeriod?: number;
  readonly StatusCallback?: string;
}

/** The form as it is posted. */
export function encodeForm(form: TwilioMessageForm): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.toString();
}
