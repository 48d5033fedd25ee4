import { appendFile } from 'node:fs/promises';
import { z } from 'zod';
import { awsAccount } from '../deployment/aws-account';
import type { DeploymentAccount } from '../deployment/deployment-host';
import { GitHubApi } from './github/api';
import { identitySubject } from './identity-subject';

/** What a step's command may touch besides the checkout. */
export interface StepHost {
  /** The checkout's folder. */
  readonly folder: string;
  /** owner/name of the repository on GitHub; undefined outside a workflow. */
  readonly repository: string | undefined;
  say(line: string): void;
  /** Hands values to later steps; where no runner collects them they are printed. */
  putOut(outputs: Readonly<Record<string, string>>): Promise<void>;
  /** Adds to the page that people see of the job. */
  summarise(markdown: string): Promise<void>;
  github(): GitHubApi;
  /** The account of the job's credentials. */
  openAccount(region: string): DeploymentAccount;
  /** The subject of the job's identity token; undefined if it may not have one. */
  identitySubject(): Promise<string | undefined>;
}

const environment = z.object({
  GITHUB_OUTPUT: z.string().optional(),
  GITHUB_STEP_SUMMARY: z.string().optional(),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_REPOSITORY: z.string().optional(),
  GITHUB_TOKEN: z.string().optional(),
  ACTIONS_ID_TOKEN_REQUEST_URL: z.url().optional(),
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: z.string().optional(),
});

/** The step as a runner of GitHub, or of tools/local-stage, calls it. */
export function hostFrom(
  variables: Readonly<Record<string, string | undefined>>,
  folder: string,
  write: (text: string) => void,
): StepHost {
  const given = environment.parse(variables);
  const say = (line: string) => {
    write(`${line}\n`);
  };
  return {
    folder,
    repository: given.GITHUB_REPOSITORY,
    say,
    putOut: async (outputs) => {
      const lines = Object.entries(outputs).map(([name, value]) => outputLine(name, value));
      lines.forEach(say);
      if (given.GITHUB_OUTPUT) await appendFile(given.GITHUB_OUTPUT, lines.map((line) => `${line}\n`).join(''));
    },
    summarise: async (markdown) => {
      if (given.GITHUB_STEP_SUMMARY) await appendFile(given.GITHUB_STEP_SUMMARY, `${markdown}\n`);
    },
    openAccount: awsAccount,
    identitySubject: async () => {
      const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = given;
      return url && token ? identitySubject({ url, token, fetch }) : undefined;
    },
    github: () => {
      if (!given.GITHUB_TOKEN || !given.GITHUB_REPOSITORY) {
        throw new Error(
          'Asking GitHub failed: GITHUB_TOKEN or GITHUB_REPOSITORY is not set. Set both, the repository as '
            + 'owner/name, then try again.',
        );
      }
      return new GitHubApi({
        url: given.GITHUB_API_URL,
        repository: given.GITHUB_REPOSITORY,
        token: given.GITHUB_TOKEN,
        fetch,
      });
    },
  };
}

function outputLine(name: string, value: string): string {
  // A line break would let a value declare outputs of its own.
  if (/[\r\n]/.test(value)) {
    throw new Error(
      `Putting out "${name}" failed: its value has a line break. Report this as a fault of the pipeline.`,
    );
  }
  return `${name}=${value}`;
}
