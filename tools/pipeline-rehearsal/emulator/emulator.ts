/** An AWS emulator that speaks CloudFormation, and how programs reach it. */
export interface Emulator {
  /** As it is shown beside the result. */
  readonly name: string;
  /** Variables that lead the AWS SDK, the CDK command and Node.js to it, as the account's administrator. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The account that the rehearsal deploys to; MiniStack takes a key of twelve digits for the account's administrator. */
export const EMULATED_ACCOUNT = '111111111111';
