import type { CommandHost } from './command-host';
import { CommandError } from './command-error';

/** Whose decision is recorded: who was named, otherwise who sits at the shell. */
export function decisionMaker({ operator }: CommandHost, named: string | undefined): string {
  const name = (named ?? operator ?? '').trim();
  if (!name) throw new CommandError('Recording the decision failed: it is not known whose it is; give --by <name>.');
  if (name.length > 120 || /\p{Cc}/u.test(name)) throw new CommandError('Recording the decision failed: --by is to be one line of at most 120 characters.');
  return name;
}

/** Asks before what cannot be taken back; without a terminal, `--yes` has to say it. */
export async function confirmed({ confirm }: CommandHost, question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!confirm) throw new CommandError(`Nothing was done: there is no terminal to ask at. Give --yes if this is meant: ${question}`);
  if (!(await confirm(question))) throw new CommandError('Nothing was done, as was answered.');
}
