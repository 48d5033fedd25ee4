import type { Actor } from '../operations/actor';
import type { CommandHost } from './command-host';
import { CommandError } from './command-error';
import { visibleLine } from './visible-text';

/** Who decides: the name that was given, otherwise the shell's user. */
export function actorOf({ operator }: Pick<CommandHost, 'operator'>, named: string | undefined): Actor {
  const id = (named ?? operator ?? '').trim();
  if (!id) throw new CommandError('Recording the decision failed: it is not known whose it is; give --by <name>.');
  if (id.length > 120 || /\p{Cc}/u.test(id)) {
    throw new CommandError('Recording the decision failed: --by must be one line of at most 120 characters.');
  }
  return { id, roles: ['operator:*'] };
}

/** Asks before what cannot be taken back; without a terminal, `--yes` has to say it. */
export async function confirmed(
  { confirm }: Pick<CommandHost, 'confirm'>,
  question: string,
  yes?: boolean,
): Promise<void> {
  if (yes) return;
  const shown = visibleLine(question);
  if (!confirm) {
    throw new CommandError(`Nothing was done: there is no terminal to ask at. Give --yes if this is meant: ${shown}`);
  }
  if (!(await confirm(shown))) throw new CommandError('Nothing was done, as was answered.');
}
