export interface StageSettings {
  readonly stage: string;
  /** The account's number as the repository variable has it. */
  readonly account: string | undefined;
  readonly accountVariable: string;
  /** owner/name that the stage's roles trust. */
  readonly repository: string;
  /** owner/name in which the step runs. */
  readonly runsIn: string | undefined;
}

/** What AWS would refuse without saying why. */
export function checkSettings(settings: StageSettings): void {
  const { stage, account, accountVariable, repository, runsIn } = settings;
  if (runsIn !== undefined && runsIn.toLowerCase() !== repository.toLowerCase()) {
    throw new Error(
      `Reaching the stage ${stage} failed: .projenrc.ts names the repository ${repository}, but this one is `
        + `${runsIn}, which the stage's roles do not trust. Correct \`repository\` there, run npx projen, then npx `
        + 'projen bootstrap.',
    );
  }
  if (account === undefined) {
    throw new Error(
      `Reaching the stage ${stage} failed: the repository variable ${accountVariable} is not set. Add it under `
        + `Settings, Secrets and variables, Actions, Variables, with the AWS account's number.`,
    );
  }
  if (!/^\d{12}$/.test(account)) {
    throw new Error(
      `Reaching the stage ${stage} failed: the repository variable ${accountVariable} is not an AWS account number, `
        + 'which has twelve digits. Correct it under Settings, Secrets and variables, Actions, Variables.',
    );
  }
}
