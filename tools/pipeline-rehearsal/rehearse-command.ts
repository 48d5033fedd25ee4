import { parseArgs } from 'node:util';
import type { EmulatorChoice, Emulator } from './emulator/choose-emulator';

export interface RehearsalFlags {
  /** No emulator is a failure, and not a reason to skip. */
  readonly isRequired: boolean;
  /** Lint and tests of this very tree have run. */
  readonly isChecked: boolean;
}

export interface RehearsalHost {
  chooseEmulator(): Promise<EmulatorChoice>;
  /** Rehearses with an emulator that runs; answers the exit code. */
  rehearse(emulator: Emulator, flags: RehearsalFlags): Promise<number>;
  print(line: string): void;
}

const USAGE =
  'it takes --checked, which leaves out the lint and tests of a tree that passed them, and --require, which fails '
    + 'where no emulator can be had';

export function readFlags(words: readonly string[]): RehearsalFlags {
  try {
    const options = {
      require: { type: 'boolean', default: false },
      checked: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: words.filter((word) => word !== '--'), strict: true, options });
    return { isRequired: values.require, isChecked: values.checked };
  } catch (cause) {
    throw new Error(`Rehearsing failed: ${words.join(' ')} is not understood; ${USAGE}.`, { cause });
  }
}

/** Rehearses, or says in one line why that is skipped. The emulator stops whatever happens. */
export async function rehearseCommand(words: readonly string[], host: RehearsalHost): Promise<number> {
  const flags = readFlags(words);
  const choice = await host.chooseEmulator();
  if (choice.kind === 'none') {
    host.print(`rehearse: skipped, ${choice.why}`);
    return flags.isRequired ? 1 : 0;
  }
  try {
    return await host.rehearse(choice.emulator, flags);
  } finally {
    await choice.emulator.stop();
  }
}
