import { createPublicKey } from 'node:crypto';
import type { Channel } from '../../core/channel';

/** A field of a secret; `fault` says what is wrong with a value without repeating it. */
export interface SecretField {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly fault: (value: string) => string | undefined;
}

/** Whose secret: the model's key of a channel, or a company's credentials at the channel's vendor. */
export type SecretKind = 'model' | 'credentials';

const TWILIO: readonly SecretField[] = [
  { name: 'twilio_account_sid', required: true, description: 'Twilio account SID', fault: matching(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits') },
  { name: 'twilio_auth_token', required: true, description: 'Twilio auth token', fault: oneWord },
  {
    name: 'twilio_template_sid', required: false, description: 'Twilio content SID, used where the template names none',
    fault: matching(/^HX[0-9a-f]{32}$/, 'must be HX and 32 hexadecimal digits'),
  },
];

const SENDGRID: readonly SecretField[] = [
  { name: 'sendgrid_api_key', required: true, description: 'SendGrid API key', fault: matching(/^SG\.\S{3,}$/, 'must begin with SG.') },
  { name: 'sendgrid_webhook_public_key', required: false, description: 'public key of SendGrid\'s event webhook', fault: publicKey },
];

const MODEL: readonly SecretField[] = [{ name: 'ai_api_key', required: true, description: 'OpenAI API key', fault: oneWord }];

export function fieldsOf(kind: SecretKind, channel: Channel): readonly SecretField[] {
  if (kind === 'model') return MODEL;
  return channel === 'email' ? SENDGRID : TWILIO;
}

/** What is wrong with a secret's fields, as sentences without any value; empty if it is complete. */
export function secretFaults(fields: readonly SecretField[], value: Readonly<Record<string, string>>): readonly string[] {
  const known = fields.map(({ name }) => name);
  return [
    ...Object.keys(value).filter((name) => !known.includes(name)).map((name) => `${name} is no field of it (its fields are ${known.join(', ')})`),
    ...fields.flatMap(({ name, required, fault }) => {
      const given = value[name];
      if (given === undefined || given === '') return required ? [`${name} is missing`] : [];
      const wrong = fault(given);
      return wrong === undefined ? [] : [`${name} ${wrong}`];
    }),
  ];
}

function matching(pattern: RegExp, message: string): SecretField['fault'] {
  return (value) => (pattern.test(value) ? undefined : message);
}

function oneWord(value: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'must be one word without spaces';
}

function publicKey(value: string): string | undefined {
  try {
    const { asymmetricKeyType: type } = createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
    return type === 'ec' ? undefined : 'must be the key of an elliptic curve, as SendGrid shows it';
  } catch {
    return 'must be the public key in base64, as SendGrid shows it';
  }
}
