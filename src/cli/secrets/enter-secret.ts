import type { CommandHost } from '../command-host';
import { CommandError } from '../command-error';
import type { CredentialField } from '../../core/ports/vendor';

type Fields = Readonly<Record<string, string>>;

/**
 * Takes a secret's fields from a hidden prompt or from standard input, never from the command line, where shells and
 * process lists keep it.
 * With `field` only that one is given, as plain text, and the others stay.
 */
export async function enterSecret(
  host: CommandHost,
  fields: readonly CredentialField[],
  field: string | undefined,
  stored: Fields,
): Promise<Fields> {
  const only = field === undefined ? undefined : fields.find(({ name }) => name === field);
  if (field !== undefined && !only) {
    throw new CommandError(
      `Storing the secret failed: it has no field ${field}; its fields are `
        + `${fields.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (only) {
    return { ...stored, [only.name]: host.askHidden ? await host.askHidden(prompt(only)) : (await input(host)).trim() };
  }
  if (host.askHidden) return askAll(host.askHidden, fields, stored);
  return { ...stored, ...parse(await input(host)) };
}

async function askAll(
  ask: NonNullable<CommandHost['askHidden']>,
  fields: readonly CredentialField[],
  stored: Fields,
): Promise<Fields> {
  const entered: Record<string, string> = { ...stored };
  for (const field of fields) {
    const value = (await ask(prompt(field, stored[field.name] !== undefined))).trim();
    if (value !== '') entered[field.name] = value;
  }
  return entered;
}

function prompt({ name, description, required }: CredentialField, isStored = false): string {
  const empty = isStored ? ', empty to keep it' : required ? '' : ', empty for none';
  return `${description} (${name}${empty})`;
}

async function input(host: CommandHost): Promise<string> {
  const text = await host.readInput?.();
  if (text === undefined || text.trim() === '') {
    throw new CommandError(
      'Storing the secret failed: standard input is empty; pipe its fields in as one JSON object, or run the '
        + 'command on a terminal to be asked.',
    );
  }
  return text;
}

function parse(text: string): Fields {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandError(
      'Storing the secret failed: standard input is not a JSON object; give {"field": "value"}, or --field <name> '
        + 'and the plain value.',
    );
  }
  const wrong = Object.entries(value).find(([, held]) => typeof held !== 'string');
  if (wrong) throw new CommandError(`Storing the secret failed: ${wrong[0]} is not a text; put its value into quotes.`);
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, String(held)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
