import { hash } from 'node:crypto';
import { canonicalTelephone, otherTelephones } from './telephone';

/**
 * Who an address belongs to, as far as the address itself says. Wherever two addresses are compared, their identities
 * are. What it does not say is learned from vendors (ports/recipient-aliases.ts).
 */
export type Identity = string;

/** Characters of an address that is kept as it is; a longer one, which no network has, by its hash. */
const LONGEST = 254;

/** Words that stand where a network withholds the sender. Twilio also writes them as the digits of a keypad. */
const WITHHELD =
  /^(?:anonymous|blocked|restricted|unavailable|unknown|private|\+266696687|\+2562533|\+7378742833|\+86282452253|\+8656696)$/i;

const BUSINESS_SCOPED = /^([a-z]{2})\.((?:ENT\.)?[a-z0-9]{1,128})$/i;

/** Undefined if the address identifies no person. */
export function identityOf(address: string): Identity | undefined {
  const bare = address.trim().replace(/^(?:whatsapp|sms|tel|mailto):/i, '').replace(/^rcs:(?=\+)/i, '');
  if (bare === '' || WITHHELD.test(bare)) return undefined;
  if (bare.length > LONGEST) return `sha256:${hash('sha256', bare)}`;
  return telephone(bare) ?? mail(bare) ?? businessScoped(bare) ?? bare;
}

/** Whether two addresses are one person's by their spelling alone. */
export function isSameAddress(one: string, other: string): boolean {
  const identity = identityOf(one);
  return identity !== undefined && identity === identityOf(other);
}

/** Every spelling under which records of an identity may lie that no item names. The identity itself comes first. */
export function spellingsOf(identity: Identity): readonly string[] {
  return [identity, ...otherTelephones(identity)];
}

/** Whether an identity is an address that conversations can have: a telephone number or an e-mail address. */
export function isReachable(identity: Identity): boolean {
  return /^\+\d/.test(identity) || /^[^:@]+@[^@]+$/.test(identity);
}

/** Written by hand or by a vendor: with spaces and dashes, or without the `+`. Up to six digits are a short code. */
function telephone(text: string): Identity | undefined {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^\+\d{1,20}$/.test(digits)) return canonicalTelephone(digits);
  return /^\d{7,20}$/.test(digits) ? canonicalTelephone(`+${digits}`) : undefined;
}

/** Mail systems take no notice of letter case: of the domain by rule, of the part before it by habit. */
function mail(text: string): Identity | undefined {
  return text.includes('@') ? text.normalize('NFC').toLowerCase() : undefined;
}

/** A person on WhatsApp as one business knows them: the country in capitals, the rest exactly as Meta wrote it. */
function businessScoped(text: string): Identity | undefined {
  const [, country = '', identifier = ''] = BUSINESS_SCOPED.exec(text) ?? [];
  return identifier === '' ? undefined : `${country.toUpperCase()}.${identifier}`;
}
