import { InvalidArgumentError } from 'commander';

/** For a flag of the form `name=value` that may be repeated. */
export function keyAndValue(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [name = '', ...rest] = text.split('=');
  if (!name || rest.length === 0) throw new InvalidArgumentError('Give <name>=<value>, in quotes.');
  return { ...before, [name]: rest.join('=') };
}
