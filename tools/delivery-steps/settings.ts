export interface StageSettings {
  readonly stage: string;
  /** The account's number as the repository variable has it. */
  readonly account: string | undefined;
  readonly accountVariable: string;
  /** owner/name that the stage's roles trust. */
  readonly repository: string;
  /** owner/name in which the step runs. */
  readonly runsIn: string | undefined;
  /** Subjects of identity tokens that the role of this job trusts. */
  readonly trusts: readonly string[];
  /** The subject that GitHub puts into this job's identity token; undefined where GitHub is not there to ask. */
  readonly subject: string | undefined;
}

/**
 * Says what AWS would refuse without saying why. Returns the subject by which the job will ask AWS for its role. AWS
 * compares letter by letter, so a name that differs in letter case alone is another one.
 */
export function checkSettings(settings: StageSettings): string {
  const { stage, account, accountVariable, repository, runsIn, trusts, subject } = settings;
  const fault = (why: string) => new Error(`Reaching the stage ${stage} failed: ${why}`);
  const repair = 'Correct `repository` there, run npx projen, then npx projen bootstrap.';
  if (runsIn !== undefined && runsIn !== repository) {
    throw fault(`.projenrc.ts names the repository ${repository}, but GitHub calls this one ${
      runsIn}, which the stage's roles do not trust. ${repair}`);
  }
  if (subject !== undefined && !trusts.includes(subject)) {
    throw fault(`GitHub sends the subject ${subject}, but the stage's roles trust only ${trusts.join(' and ')}, which is `
      + `what .projenrc.ts says. ${repair}`);
  }
  const where = 'under Settings, Secrets and variables, Actions, Variables';
  if (account === undefined) {
    throw fault(`the repository variable ${accountVariable} is not set. Add it ${where}, with the AWS account's number.`);
  }
  if (!/^\d{12}$/.test(account)) {
    throw fault(`the repository variable ${accountVariable} is not an AWS account number, which has twelve digits. `
      + `Correct it ${where}.`);
  }
  return subject ?? trusts.join(' or ');
}
