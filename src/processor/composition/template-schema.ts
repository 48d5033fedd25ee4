import type { TemplateVariable } from '../../core/channels/template-base';

/**
 * The strict schema of an answer: exactly these variables, each a text. The lengths stand in the descriptions: strict
 * mode knows `pattern` and `format` for texts and answers `maxLength` with 400 ("not permitted"), and the proof counts
 * characters anyway.
 */
export function fillSchema(
  variables: Readonly<Record<string, TemplateVariable>>,
  names: readonly string[],
  mayBeEmpty: boolean,
): Readonly<Record<string, unknown>> {
  const asked = names.flatMap((name) => {
    const variable = variables[name];
    return variable ? [[name, { type: 'string', description: describe(variable, mayBeEmpty) }] as const] : [];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(asked),
    required: asked.map(([name]) => name),
    additionalProperties: false,
  };
}

function describe({ description, max_length, required, facts }: TemplateVariable, mayBeEmpty: boolean): string {
  const ended = /[.!?]$/.test(description) ? description : `${description}.`;
  const optional = required || !mayBeEmpty ? '' : ' An empty text if the facts give nothing for it.';
  const only = facts ? ` Only from the facts at ${facts.join(' and ')}.` : '';
  return `${ended} At most ${max_length} characters.${only}${optional}`;
}
