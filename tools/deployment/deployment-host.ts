import type { UnownedResources } from '../adoption/unowned';
import type { Output } from '../../src/cli/output';

/** A stack as CloudFormation has it. */
export interface StackState {
  readonly status: string;
  /** It cannot be deleted before that is turned off. */
  readonly isProtected: boolean;
}

/** The account that a stage is deployed to. */
export interface DeploymentAccount {
  /** The number of the account whose credentials these are. */
  accountNumber(): Promise<string>;
  /** Undefined if the stack does not exist. */
  stack(name: string): Promise<StackState | undefined>;
  /** Outputs of a deployed stack, by name. */
  outputs(stack: string): Promise<Readonly<Record<string, string>>>;
  /** A deployed stack's own template as text; undefined if the stack does not exist. */
  template(stack: string): Promise<string | undefined>;
  /** Lambda executions that the account may run at once in the region, and those of them that no function reserves. */
  concurrency(): Promise<{ readonly limit: number; readonly unreserved: number }>;
  /** The role by which API Gateway writes logs in the region. */
  logRole(): Promise<string | undefined>;
  /** What bears the stage's names and is in no stack. */
  unowned(stage: string, stages: readonly string[]): Promise<UnownedResources>;
  close(): void;
}

/** What the deployment's commands run in; replaced by tests. */
export interface DeploymentHost extends Output {
  readonly projectFolder: string;
  /** Undefined without a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** True in a continuous integration, where the pipeline's gate has asked already. */
  readonly isAutomated: boolean;
  /** The region in the shell's environment. */
  readonly shellRegion?: string | undefined;
  /** Opens the account that the shell's credentials belong to, in a region. */
  openAccount(region: string): DeploymentAccount;
  /** Synthesises every stage's stack; returns the folder of the assembly. */
  synthesise(region: string): Promise<string>;
  /** Runs the CDK command with its output on this terminal; answers its exit code. */
  runCdk(words: readonly string[], region: string): Promise<number>;
}
