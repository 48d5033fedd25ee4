import type { TwilioAccount } from './account';
import type { ContentTemplate } from './content-template';
import { renderTemplate, whatsappContentFault } from './content-template';
import type { TwilioRefusal } from './errors';
import { REFUSALS } from './errors';
import { MAGIC_SENDERS } from './magic-numbers';

/** A message that Twilio would queue. */
export interface CheckedMessage {
  readonly channel: 'sms' | 'whatsapp';
  /** As given, `whatsapp:` included. */
  readonly from: string;
  readonly to: string;
  /** The Messaging Service that chose `from`. */
  readonly service?: string;
  /** As the recipient reads it. */
  readonly text: string;
  readonly statusCallback?: string;
  readonly contentSid?: string;
  /** The code with which WhatsApp will turn it down, once it is there. */
  readonly laterFault?: number;
  /** What Twilio accepts in silence and this engine must not send. */
  readonly violations: readonly string[];
}

export type MessageCheck =
  { readonly ok: true; readonly message: CheckedMessage } | { readonly ok: false; readonly refusal: TwilioRefusal };

export interface TwilioState {
  readonly templates: ReadonlyMap<string, ContentTemplate>;
  readonly optedOut: (from: string, to: string) => boolean;
  /** Whether the recipient has written within 24 hours, so that free text may be sent on WhatsApp. */
  readonly windowOpen: (from: string, to: string) => boolean;
}

/** Judges the parameters of `POST …/Messages.json` in Twilio's order: addresses, then options, then content. */
export function checkMessage(parameters: URLSearchParams, account: TwilioAccount, state: TwilioState): MessageCheck {
  const to = parameters.get('To') ?? '';
  const chosen = chooseSender(parameters, to, account);
  if ('code' in chosen) return { ok: false, refusal: chosen };
  const { from, service } = chosen;
  const refusal = addressFault(from, to, account) ?? optionFault(parameters);
  if (refusal) return { ok: false, refusal };
  // An opt-out of a service's number is one of the whole service.
  if (state.optedOut(service ?? from, to)) return { ok: false, refusal: REFUSALS.optedOut };
  const checked = checkContent(parameters, from, to, state);
  return checked.ok && service !== undefined
    ? { ok: true, message: { ...checked.message, service } }
    : checked;
}

/** A service takes the first number of its pool that can send on the recipient's channel. */
function chooseSender(
  parameters: URLSearchParams,
  to: string,
  { services = [], smsNumbers = [], whatsappNumbers = [] }: TwilioAccount,
): { readonly from: string; readonly service?: string } | TwilioRefusal {
  const sid = parameters.get('MessagingServiceSid');
  if (sid === null) return { from: parameters.get('From') ?? '' };
  const service = services.find((one) => one.sid === sid);
  if (!service) return REFUSALS.serviceMissing;
  const able = isWhatsapp(to) ? whatsappNumbers : smsNumbers;
  const number = service.numbers.find((one) => able.includes(one));
  if (number === undefined) return REFUSALS.serviceEmpty;
  return { from: isWhatsapp(to) ? `whatsapp:${number}` : number, service: sid };
}

function addressFault(from: string, to: string, account: TwilioAccount): TwilioRefusal | undefined {
  if (to === '') return REFUSALS.toMissing;
  if (from === '') return REFUSALS.fromMissing;
  if (isWhatsapp(from) !== isWhatsapp(to)) return REFUSALS.channelMismatch;
  if (!isE164(bareNumber(to))) {
    return { ...REFUSALS.toInvalid, message: `The 'To' number ${to} is not a valid phone number.` };
  }
  if (from === to) {
    return isWhatsapp(from)
      ? { status: 400, code: 63031, message: 'Channels message cannot have same From and To' }
      : REFUSALS.sameNumber;
  }
  const magic = MAGIC_SENDERS[from];
  if (magic !== undefined) return magic === 'any account' ? undefined : magic;
  if (isWhatsapp(from)) {
    return account.whatsappNumbers?.includes(bareNumber(from)) ? undefined : REFUSALS.senderNotChannel;
  }
  if (isName(from)) return bareNumber(to).startsWith('+1') ? REFUSALS.toUnroutable : undefined;
  if (!isE164(from)) return REFUSALS.fromInvalid;
  return account.smsNumbers?.includes(from) ? undefined : REFUSALS.fromNotOwned;
}

function optionFault(parameters: URLSearchParams): TwilioRefusal | undefined {
  const callback = parameters.get('StatusCallback');
  if (callback !== null && (!/^https?:\/\//.test(callback) || !URL.canParse(callback) || callback.length > 4000)) {
    return REFUSALS.callbackInvalid;
  }
  const validity = parameters.get('ValidityPeriod');
  if (validity !== null && !(/^\d+$/.test(validity) && Number(validity) >= 1 && Number(validity) <= 36_000)) {
    return REFUSALS.invalidParameter;
  }
  return undefined;
}

function checkContent(parameters: URLSearchParams, from: string, to: string, state: TwilioState): MessageCheck {
  const contentSid = parameters.get('ContentSid');
  const body = parameters.get('Body') ?? '';
  const contentVariables = parameters.get('ContentVariables') ?? undefined;
  const base = { from, to, channel: isWhatsapp(to) ? 'whatsapp' : 'sms', ...statusCallback(parameters) } as const;
  if (contentSid === null) {
    if (contentVariables !== undefined) return { ok: false, refusal: REFUSALS.contentSidMissing };
    if (body === '') return { ok: false, refusal: REFUSALS.bodyMissing };
    if (body.length > 1600) return { ok: false, refusal: REFUSALS.bodyTooLong };
    const closed = base.channel === 'whatsapp' && !state.windowOpen(from, to);
    return { ok: true, message: { ...base, text: body, violations: [], ...(closed ? { laterFault: 63016 } : {}) } };
  }
  const template = state.templates.get(contentSid);
  if (!template) return { ok: false, refusal: REFUSALS.contentSidInvalid };
  const rendered = renderTemplate(template, contentVariables);
  if (!rendered.ok) return rendered;
  const laterFault = base.channel === 'whatsapp' ? whatsappContentFault(rendered.text, rendered.variables) : undefined;
  const violations = [...rendered.violations, ...(body === '' ? [] : ['Body was given beside ContentSid'])];
  return {
    ok: true,
    message: {
      ...base,
      contentSid,
      text: rendered.text,
      violations,
      ...(laterFault === undefined ? {} : { laterFault }),
    },
  };
}

function statusCallback(parameters: URLSearchParams): { readonly statusCallback?: string } {
  const callback = parameters.get('StatusCallback');
  return callback === null ? {} : { statusCallback: callback };
}

export function bareNumber(address: string): string {
  return address.replace(/^whatsapp:/, '');
}

function isWhatsapp(address: string): boolean {
  return address.startsWith('whatsapp:');
}

/** An alphanumeric sender ID, which no network of North America takes. */
function isName(from: string): boolean {
  return /^[A-Za-z0-9 ]{1,11}$/.test(from) && /[A-Za-z]/.test(from);
}

function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}
