import type { JsonRecord } from '../json-record';
import { isJsonRecord } from '../json-record';
import type { SendGridFault } from './errors';
import { fault } from './errors';

/** A mail that SendGrid would queue. */
export interface CheckedMail {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly replyTo?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html?: string;
  readonly customArguments: Readonly<Record<string, string>>;
  /** Validated only, never queued. */
  readonly sandbox: boolean;
  readonly clickTracking: boolean;
  readonly openTracking: boolean;
}

export type MailCheck =
  { readonly ok: true; readonly mail: CheckedMail } | { readonly ok: false; readonly faults: readonly SendGridFault[] };

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MOST_PERSONALIZATIONS = 1000;
const LARGEST_CUSTOM_ARGUMENTS_BYTES = 10_000;

/** Judges the body of `POST /v3/mail/send`; all faults at once, as SendGrid names them. */
export function checkMail(body: JsonRecord): MailCheck {
  const faults = [
    ...personalizationFaults(body.personalizations),
    ...fromFaults(body.from),
    ...subjectFaults(body),
    ...contentFaults(body.content),
    ...argumentFaults(body.custom_args),
    ...replyFaults(body),
    ...headerFaults(body.headers),
  ];
  if (faults.length > 0) return { ok: false, faults };
  const content = records(body.content);
  const html = content.find((part) => part.type === 'text/html')?.value;
  return {
    ok: true,
    mail: {
      from: text(isJsonRecord(body.from) ? body.from.email : ''),
      recipients: records(body.personalizations).flatMap((entry) => records(entry.to).map((to) => text(to.email))),
      ...(isJsonRecord(body.reply_to) ? { replyTo: text(body.reply_to.email) } : {}),
      headers: textsOf(body.headers),
      subject: text(body.subject ?? records(body.personalizations)[0]?.subject),
      text: text(content.find((part) => part.type === 'text/plain')?.value),
      ...(typeof html === 'string' ? { html } : {}),
      customArguments: { ...textsOf(body.custom_args), ...textsOf(records(body.personalizations)[0]?.custom_args) },
      sandbox: setting(body.mail_settings, 'sandbox_mode') === true,
      // Both are on in a fresh SendGrid account: a send that must not be tracked has to say so.
      clickTracking: setting(body.tracking_settings, 'click_tracking') !== false,
      openTracking: setting(body.tracking_settings, 'open_tracking') !== false,
    },
  };
}

function personalizationFaults(personalizations: unknown): readonly SendGridFault[] {
  const entries = records(personalizations);
  if (entries.length === 0) {
    return [
      fault('The personalizations field is required and must have at least one personalization.', 'personalizations'),
    ];
  }
  if (entries.length > MOST_PERSONALIZATIONS) {
    const message =
      'The personalization block is limited to 1000 personalizations per API request. You have provided '
      + `${entries.length} personalizations. ` +
      'Please consider splitting this into multiple requests and resending your request.';
    return [fault(message, 'personalizations')];
  }
  return entries.flatMap((entry, index) => recipientFaults(records(entry.to), `personalizations.${index}.to`));
}

function recipientFaults(recipients: readonly JsonRecord[], field: string): readonly SendGridFault[] {
  if (recipients.length === 0) {
    return [
      fault(
        'The to array is required for all personalization objects, and must have at least one email object with a '
          + 'valid email address.',
        field,
      ),
    ];
  }
  const addresses = recipients.map((recipient) => text(recipient.email).toLowerCase());
  const repeated = addresses.find((address, index) => addresses.indexOf(address) !== index);
  return [
    ...addresses.flatMap((address, index) =>
      ADDRESS.test(address) ? [] : [fault('Does not contain a valid address.', `${field}.${index}.email`)],
    ),
    ...(repeated === undefined
      ? []
      : [
        fault(
          `Each email address in the personalization block should be unique between to, cc, and bcc. ` +
              `We found the first duplicate instance of [${repeated}] in the ${field} field.`,
          field,
        ),
      ]),
  ];
}

function fromFaults(from: unknown): readonly SendGridFault[] {
  if (!isJsonRecord(from) || from.email === undefined) {
    return [
      fault(
        'The from object must be provided for every email send. It is an object that requires the email parameter, '
          + 'but may also contain a name parameter.',
        'from.email',
      ),
    ];
  }
  return ADDRESS.test(text(from.email)) ? [] : [fault('Does not contain a valid address.', 'from.email')];
}

function subjectFaults(body: JsonRecord): readonly SendGridFault[] {
  const own = records(body.personalizations);
  if (text(body.subject) !== '' || (own.length > 0 && own.every((entry) => text(entry.subject) !== ''))) return [];
  return [
    fault(
      'The subject is required. You can get around this requirement if you use a template with a subject defined or '
        + 'if every personalization has a subject defined.',
      'subject',
    ),
  ];
}

function contentFaults(content: unknown): readonly SendGridFault[] {
  const parts = records(content);
  if (parts.length === 0) {
    return [
      fault(
        'Unless a valid template_id is provided, the content parameter is required. There must be at least one '
          + 'defined content block.',
        'content',
      ),
    ];
  }
  const types = parts.map((part) => text(part.type));
  const order = types.map((type) => (type === 'text/plain' ? 0 : type === 'text/html' ? 1 : 2));
  return [
    ...parts.flatMap((part, index) =>
      text(part.value) === ''
        ? [fault('The content value must be a string at least one character in length.', `content.${index}.value`)]
        : [],
    ),
    ...types.flatMap((type, index) =>
      type === ''
        ? [fault('The content type must be a string at least one character in length.', `content.${index}.type`)]
        : [],
    ),
    ...(order.some((rank, index) => index > 0 && rank < (order[index - 1] ?? 0))
      ? [
        fault(
          'If present, text/plain must be first, followed by text/html, followed by any other content.',
          'content',
        ),
      ]
      : []),
    ...(new Set(types).size < types.length
      ? [fault('If present, text/plain and text/html may only be provided once.', 'content')]
      : []),
  ];
}

function argumentFaults(customArguments: unknown): readonly SendGridFault[] {
  if (customArguments === undefined) return [];
  if (!isJsonRecord(customArguments)) {
    return [fault(`Invalid type. Expected: object, given: ${typeof customArguments}.`, 'custom_args')];
  }
  const wrong = Object.entries(customArguments).filter(([, value]) => typeof value !== 'string');
  if (wrong.length > 0) {
    return wrong.map(([key, value]) =>
      fault(`Invalid type. Expected: string, given: ${typeof value}.`, `custom_args.${key}`),
    );
  }
  return Buffer.byteLength(JSON.stringify(customArguments)) > LARGEST_CUSTOM_ARGUMENTS_BYTES
    ? [fault('The total length of custom arguments must be less than 10000 bytes.', 'custom_args')] : [];
}

function replyFaults({ reply_to: replyTo }: JsonRecord): readonly SendGridFault[] {
  if (replyTo === undefined) return [];
  if (!isJsonRecord(replyTo) || !ADDRESS.test(text(replyTo.email))) {
    return [fault('The reply_to email does not contain a valid address.', 'reply_to.email')];
  }
  // RFC 5321 allows 64 octets before the @, which mail systems do keep to.
  return text(replyTo.email).indexOf('@') > 64
    ? [fault('The reply_to email does not contain a valid address.', 'reply_to.email')] : [];
}

/** Headers that SendGrid sets itself (API reference, Mail Send, "headers"). */
const RESERVED = ['x-sg-id', 'x-sg-eid', 'received', 'dkim-signature', 'content-type', 'content-transfer-encoding', 'to',
  'from', 'subject', 'reply-to', 'cc', 'bcc'];

function headerFaults(headers: unknown): readonly SendGridFault[] {
  if (headers === undefined) return [];
  if (!isJsonRecord(headers)) return [fault(`Invalid type. Expected: object, given: ${typeof headers}.`, 'headers')];
  return Object.entries(headers).flatMap(([name, value]) => {
    if (RESERVED.includes(name.toLowerCase())) {
      return [fault(`The header ${name} is a reserved header and may not be used.`, `headers.${name}`)];
    }
    return typeof value === 'string'
      ? []
      : [fault(`Invalid type. Expected: string, given: ${typeof value}.`, `headers.${name}`)];
  });
}

function textsOf(values: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(isJsonRecord(values) ? values : {}).map(([key, value]) => [key, text(value)]),
  );
}

function setting(settings: unknown, name: string): unknown {
  const chosen = isJsonRecord(settings) ? settings[name] : undefined;
  return isJsonRecord(chosen) ? chosen.enable : undefined;
}

function records(list: unknown): readonly JsonRecord[] {
  return Array.isArray(list) ? list.filter(isJsonRecord) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
