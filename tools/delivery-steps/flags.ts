import { parseArgs } from 'node:util';

/** A command's flags, by how often each is given. */
export interface FlagNames {
  readonly one?: readonly string[];
  readonly optional?: readonly string[];
  readonly many?: readonly string[];
}

export interface Flags {
  one(name: string): string;
  optional(name: string): string | undefined;
  many(name: string): readonly string[];
}

/** Reads `--name value` words; an empty value counts as not given, because an unset variable of a workflow arrives as one. */
export function readFlags(command: string, words: readonly string[], names: FlagNames): Flags {
  const values = parse(command, words, [...names.one ?? [], ...names.optional ?? [], ...names.many ?? []]);
  const given = (name: string) => values[name]?.filter((value) => value !== '') ?? [];
  for (const name of names.one ?? []) {
    if (given(name).length !== 1) throw new Error(`Running the pipeline step "${command}" failed: it needs --${name} once, with a value. Look where the workflow takes it from.`);
  }
  return {
    one: (name) => given(name)[0] ?? '',
    optional: (name) => given(name)[0],
    many: given,
  };
}

function parse(command: string, words: readonly string[], names: readonly string[]): Readonly<Record<string, readonly string[] | undefined>> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true } as const]));
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Running the pipeline step "${command}" failed: ${reason} It knows ${names.map((name) => `--${name}`).join(', ')}.`, { cause });
  }
}
