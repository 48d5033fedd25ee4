/** Who decides that a stage may be changed. */
export type StageGate =
  /** Every tested change goes in by itself. */
  | { readonly kind: 'none' }
  /**
   * GitHub asks the reviewers of the stage's environment. Needs a public repository or GitHub Enterprise: elsewhere
   * GitHub ignores the rule.
   */
  | { readonly kind: 'required-reviewers' }
  /**
   * Where GitHub offers no required reviewers: one of these people (GitHub logins) starts the workflow by hand on the
   * stage's protected branch.
   */
  | { readonly kind: 'manual-dispatch'; readonly team: string; readonly people: readonly string[] };

export interface StageTests {
  /** The Projen task that tests the deployed stage; it is given `--stage <name>`. */
  readonly task: string;
  readonly timeoutMinutes: number;
  /** Whether the tests onboard companies of their own: then their role may write test data, otherwise it only reads. */
  readonly writesTestData: boolean;
}

/** One stage of the delivery pipeline. The first in the list gets every build; the others get what was tested there. */
export interface PipelineStage {
  readonly name: string;
  /** A push to this branch is what brings a change to the stage. */
  readonly branch: string;
  /** The GitHub environment that the stage's deploy role trusts. */
  readonly environment: string;
  /**
   * The GitHub environment of tests and nightly checks, which only the read-mostly test role trusts. It is one of its
   * own because GitHub asks a gated environment's reviewers again for every job.
   * @default `<environment>-test`
   */
  readonly testEnvironment?: string;
  readonly region: string;
  /** The repository variable on GitHub that holds the stage's AWS account number. */
  readonly accountVariable: string;
  readonly gate: StageGate;
  readonly tests: StageTests;
}

export function testEnvironmentOf(stage: PipelineStage): string {
  return stage.testEnvironment ?? `${stage.environment}-test`;
}
