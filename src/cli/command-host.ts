import type { Command } from 'commander';
import { CommandError } from './command-error';
import { withStageNamed } from './printed-commands';
import type { CliStage, StageClients } from './stage-clients';
import { stageClients } from './stage-clients';

/** What commands run in; replaced by tests. */
export interface CommandHost {
  readonly projectFolder: string;
  /** To standard output. */
  readonly print: (line: string) => void;
  /** To standard error: progress and complaints, so that output can be piped. */
  readonly complain: (line: string) => void;
  /** Asks on a terminal; absent where nobody sits at one: then a flag has to say it. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Asks on a terminal without showing what is typed. */
  readonly askHidden?: (message: string) => Promise<string>;
  /** All of standard input; absent on a terminal, where it would wait for ever. */
  readonly readInput?: () => Promise<string>;
  /** Whose decisions a command records unless it is told: the name in the shell's environment. */
  readonly operator?: string;
}

/** How a command tells what it did. */
export interface CommandOutput {
  /** As JSON with `--json`, otherwise as lines for people. */
  result(value: unknown, lines: readonly string[]): void;
  progress(line: string): void;
}

/** Runs a command's work with the clients of the stage that its flags name. */
export async function withStage(
  host: CommandHost, command: Command, work: (clients: StageClients, output: CommandOutput) => Promise<void>,
): Promise<void> {
  const { stage, json } = command.optsWithGlobals<{ readonly stage: CliStage; readonly json?: true }>();
  const clients = stageClients(stage, host.projectFolder);
  const named = namingStage(command, stage);
  try {
    await work(clients, {
      result: (value, lines) => { for (const line of json ? [JSON.stringify(value, undefined, 2)] : lines.map(named)) host.print(line); },
      progress: (line) => { if (!json) host.complain(named(line)); },
    });
  } catch (error) {
    throw error instanceof CommandError ? new CommandError(named(error.message), { cause: error.cause }) : error;
  } finally {
    clients.close();
  }
}

/** Adds to the commands of a line the stage, where it was not the default one. */
function namingStage(command: Command, stage: CliStage): (line: string) => string {
  let program = command;
  while (program.parent) program = program.parent;
  const isDefault = program.options.some(({ long, defaultValue }) => long === '--stage' && defaultValue === stage);
  return (line) => isDefault ? line : withStageNamed(line, stage, program.commands.map((group) => group.name()));
}
