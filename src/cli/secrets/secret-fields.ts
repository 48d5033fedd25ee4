import type { Channel } from '../../core/channel';
import type { CredentialField } from '../../core/ports/vendor';
import { oneWord } from '../../providers/credential-form';
import { VENDORS } from '../../providers/vendors';

/** Whose secret: the model's key of a channel, or a company's credentials at the channel's vendor. */
export type SecretKind = 'model' | 'credentials';

const MODEL: readonly CredentialField[] = [{ name: 'ai_api_key', required: true, description: 'OpenAI API key', fault: oneWord }];

export function fieldsOf(kind: SecretKind, channel: Channel): readonly CredentialField[] {
  return kind === 'model' ? MODEL : VENDORS[channel].credentialFields;
}

/** What is wrong with a secret's fields, as sentences without any value; empty if it is complete. */
export function secretFaults(fields: readonly CredentialField[], value: Readonly<Record<string, string>>): readonly string[] {
  const known = fields.map(({ name }) => name);
  return [
    ...Object.keys(value).filter((name) => !known.includes(name)).map((name) => `${name} is not a field of it (its fields are ${known.join(', ')})`),
    ...fields.flatMap(({ name, required, fault }) => {
      const given = value[name];
      if (given === undefined || given === '') return required ? [`${name} is missing`] : [];
      const wrong = fault(given);
      return wrong === undefined ? [] : [`${name} ${wrong}`];
    }),
  ];
}
