import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { awsFailure } from './command-error';
import type { Output } from './output';
import { DEFAULT_CALL, quoted } from './printed-command';
import type { CliStage } from './stage-access';
import type { Stage } from './stage';
import { visibleJson, visibleLine } from './visible-text';

/** What commands run in; replaced by tests. */
export interface CommandHost extends Output {
  readonly projectFolder: string;
  /** Asks on a terminal; absent if there is none: then a flag has to say it. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Asks on a terminal without showing what is typed. */
  readonly askHidden?: (message: string) => Promise<string>;
  /** All of standard input; absent on a terminal, where reading it would wait for ever. */
  readonly readInput?: () => Promise<string>;
  /** Who is recorded beside a decision unless another name is given: the shell's user. */
  readonly operator?: string;
  /** How the engine was called: what a printed command line begins with. */
  readonly calledAs?: string;
  /**
   * Called by a command that works on a stage. The entry point loads it only then: the SDK takes longer than all else.
   */
  readonly openStage: (name: CliStage) => Stage | Promise<Stage>;
}

/** How a command reports what it did. */
export interface CommandOutput {
  /** As JSON with `--json`, otherwise as lines for people; a line never holds a break. */
  result(value: unknown, lines: readonly string[]): void;
  progress(line: string): void;
  /** A command line of the engine as it can be pasted: quoted, and with the stage unless it is the default. */
  command(...words: readonly string[]): string;
}

export interface GlobalOptions {
  readonly stage: CliStage;
  readonly json?: true;
}

/** The output of a command, as its flags ask for it. */
export function outputOf(host: CommandHost, command: Command): CommandOutput {
  const { stage, json } = command.optsWithGlobals<GlobalOptions>();
  const flags = isDefaultStage(command, stage) ? [] : ['--stage', stage];
  return {
    result: (value, lines) => {
      for (const text of json ? [visibleJson(value)] : lines.map(visibleLine)) host.print(text);
    },
    progress: (line) => {
      if (!json) host.printError(visibleLine(line));
    },
    command: (...words) => `${host.calledAs ?? DEFAULT_CALL} ${quoted([...words, ...flags])}`,
  };
}

/** Runs a command's work on the stage that its flags name. `attempted` begins the sentence of what failed at AWS. */
export async function withStage(
  host: CommandHost, command: Command, attempted: string, work: (stage: Stage, output: CommandOutput) => Promise<void>,
): Promise<void> {
  const { stage: name } = command.optsWithGlobals<GlobalOptions>();
  const output = outputOf(host, command);
  const stage = await host.openStage(name);
  try {
    await work(stage, output);
  } catch (error) {
    const isOurs = error instanceof CommanderError || error instanceof TypeError || error instanceof RangeError;
    throw isOurs ? error : awsFailure(attempted, error);
  } finally {
    stage.close();
  }
}

function isDefaultStage(command: Command, stage: CliStage): boolean {
  let program = command;
  while (program.parent) program = program.parent;
  return program.options.some(({ long, defaultValue }) => long === '--stage' && defaultValue === stage);
}
