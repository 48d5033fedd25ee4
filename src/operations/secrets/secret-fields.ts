import type { Channel } from '../../core/channel';
import type { CredentialField } from '../../core/ports/vendor';
import type { OperationPorts } from '../ports';

/** Whose secret: the model's key of a channel, or a company's credentials at the channel's vendor. */
export type SecretKind = 'model' | 'credentials';

const MODEL: readonly CredentialField[] = [{
  name: 'ai_api_key',
  required: true,
  description: 'OpenAI API key',
  fault: (value) => (/^[\x21-\x7e]+$/.test(value) ? undefined : 'must be one word without spaces'),
}];

export function fieldsOf(
  { vendors }: Pick<OperationPorts, 'vendors'>, kind: SecretKind, channel: Channel,
): readonly CredentialField[] {
  return kind === 'model' ? MODEL : vendors.credentialFields(channel);
}

type Fields = Readonly<Record<string, string>>;

/** What is wrong with a secret's fields, as sentences without any value; empty if it is complete. */
export function secretFaults(fields: readonly CredentialField[], value: Fields): readonly string[] {
  const known = fields.map(({ name }) => name);
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => `${name} is not a field of it (its fields are ${known.join(', ')})`),
    ...fields.flatMap(({ name, required, fault }) => {
      const given = value[name];
      if (given === undefined || given === '') return required ? [`${name} is missing`] : [];
      const wrong = fault(given);
      return wrong === undefined ? [] : [`${name} ${wrong}`];
    }),
  ];
}
