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
  const from = parameters.get('From') ?? '';
  const refusal = addressFault(from, to, account) ?? optionFault(parameters);
  if (refusal) return { ok: false, refusal };
  if (state.optedOut(from, to)) return { ok: false, refusal: REFUSALS.optedOut };
  return checkContent(parameters, from, to, state);
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

function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}
