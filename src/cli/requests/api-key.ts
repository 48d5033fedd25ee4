import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandHost } from '../command-host';
import { CommandError } from '../command-error';

/** The variable of an environment file that holds the key. */
export const KEY_VARIABLE = 'ENGINE_KEY';

/**
 * The API key from a file, a prompt or standard input; never an argument, which the shell keeps and every process may
 * read.
 */
export async function readApiKey(
  host: Pick<CommandHost, 'askHidden' | 'readInput'>,
  file: string | undefined,
): Promise<string> {
  const given = file === undefined ? await askKey(host) : keyIn(file);
  const key = given.trim();
  if (!key) throw failed('no key was given; type it at the prompt, pipe it in, or name a file with --key-file');
  // A header holds nothing else, and a pasted line break would end up in one.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw failed('what was given is no API key: a key is one word of plain letters, digits and signs');
  }
  return key;
}

async function askKey({ askHidden, readInput }: Pick<CommandHost, 'askHidden' | 'readInput'>): Promise<string> {
  if (askHidden) return askHidden('API key of the company');
  return await readInput?.() ?? '';
}

function keyIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(file), 'utf8');
  } catch {
    throw failed(`the file ${file} cannot be read; check --key-file`);
  }
  const line = new RegExp(`^(?:export\\s+)?${KEY_VARIABLE}=(.*)$`, 'm').exec(text)?.[1];
  return line === undefined ? text : line.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function failed(why: string): CommandError {
  return new CommandError(`Reading the API key failed: ${why}.`);
}
