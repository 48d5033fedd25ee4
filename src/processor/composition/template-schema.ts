import type { TemplateVariable } from '../../core/channels/template-base';

/**
 * The strict schema of an answer: exactly these variables, each with the facts that it uses and its text. The facts
 * come
 * first, so that a model has them before it when it writes. The lengths stand in the descriptions: strict
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
    return variable ? [[name, answerSchema(describe(variable, mayBeEmpty))] as const] : [];
  });
  return object(Object.fromEntries(asked));
}

function answerSchema(description: string): Readonly<Record<string, unknown>> {
  const citation = object({
    path: { type: 'string', description: 'Where the fact stands, with dots: project_data.posts.0.employer.' },
    quote: { type: 'string', description: 'The words of that fact, letter by letter.' },
  });
  return object({
    evidence: { type: 'array', items: citation, description: 'One entry for each fact that the value uses.' },
    value: { type: 'string', description },
  });
}

function object(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function describe({ description, max_length, required, facts }: TemplateVariable, mayBeEmpty: boolean): string {
  const ended = /[.!?]$/.test(description) ? description : `${description}.`;
  const optional = required || !mayBeEmpty ? '' : ' An empty text if the facts give nothing for it.';
  const only = facts ? ` Only from the facts at ${facts.join(' and ')}.` : '';
  return `${ended} At most ${max_length} characters.${only}${optional}`;
}
