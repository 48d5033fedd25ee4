import { z } from 'zod';
import type { GitHubApi } from './api';

const environmentAnswer = z.object({
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z
    .array(
      z.object({
        type: z.string(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z.array(z.unknown()).optional(),
      }),
    )
    .default([]),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});
const branchPolicies = z.object({
  branch_policies: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});
const branchAnswer = z.object({ protection: z.object({ enabled: z.boolean().optional() }).optional() });
const branchRules = z.array(z.object({ type: z.string() }));

type Environment = z.infer<typeof environmentAnswer>;

export interface GateQuery {
  readonly environment: string;
  readonly testEnvironment: string;
  readonly branch: string;
  readonly gate: GateQueryKind;
}

type GateQueryKind =
  | { readonly kind: 'required-reviewers' }
  | {
    readonly kind: 'manual-dispatch';
    readonly team: string;
    readonly people: readonly string[];
    readonly actor: string;
    readonly event: string;
  };

/** What is true of a gate: anything in `open` means that a release could pass it. */
export interface GateFindings {
  readonly open: readonly string[];
  /** Allowed, but worth knowing. */
  readonly remarks: readonly string[];
}

/**
 * Asks GitHub whether the gate that a stage is said to have is really there: a workflow that names an environment
 * without rules is gated by nothing.
 */
export async function inspectGate(github: GitHubApi, query: GateQuery): Promise<GateFindings> {
  const environment = await findEnvironment(github, query.environment);
  const open = [
    ...(environment
      ? await openBranches(github, query.environment, environment, query.branch)
      : [missing(query.environment)]),
    ...((await isProtected(github, query.branch))
      ? []
      : [
        `The branch ${query.branch} takes changes without a pull request: protect it under Settings, Rules, with `
            + '"Require a pull request before merging".',
      ]),
    ...(query.testEnvironment === query.environment ? [] : await openTestEnvironment(github, query.testEnvironment)),
    ...(query.gate.kind === 'required-reviewers'
      ? reviewersMissing(query.environment, environment)
      : dispatchFaults(query.gate)),
  ];
  return { open, remarks: environment && query.gate.kind === 'required-reviewers' ? remarksOn(environment) : [] };
}

async function findEnvironment(github: GitHubApi, name: string): Promise<Environment | undefined> {
  return github.find(`/environments/${encodeURIComponent(name)}`, environmentAnswer);
}

async function openBranches(
  github: GitHubApi,
  name: string,
  environment: Environment,
  branch: string,
): Promise<readonly string[]> {
  const policy = environment.deployment_branch_policy;
  const remedy = `under Settings, Environments, ${name}, set "Deployment branches and tags" to the branch ${branch} `
    + 'alone.';
  if (!policy) return [`Every branch may deploy to the environment ${name}: ${remedy}`];
  // With protected branches only, a second protected branch would be let in.
  if (!policy.custom_branch_policies) {
    return [`Every protected branch may deploy to the environment ${name}: ${remedy}`];
  }
  const { branch_policies: allowed } = await github.get(
    `/environments/${encodeURIComponent(name)}/deployment-branch-policies?per_page=100`,
    branchPolicies,
  );
  const others = allowed
    .filter((rule) => rule.name !== branch || (rule.type ?? 'branch') !== 'branch')
    .map((rule) => rule.name);
  if (others.length > 0) return [`${others.join(', ')} may deploy to the environment ${name} too: ${remedy}`];
  if (allowed.length === 0) return [`No branch may deploy to the environment ${name}: ${remedy}`];
  return [];
}

async function openTestEnvironment(github: GitHubApi, name: string): Promise<readonly string[]> {
  const environment = await findEnvironment(github, name);
  if (!environment) return [missing(name)];
  if (environment.deployment_branch_policy) return [];
  return [
    `Every branch may use the environment ${name} and with it the stage's test role: under Settings, Environments, `
      + `${name}, restrict "Deployment branches and tags".`,
  ];
}

/**
 * Through a classic rule, or through a ruleset that asks for a pull request; GitHub's own flag `protected` is also true
 * for rulesets that ask for less.
 */
async function isProtected(github: GitHubApi, branch: string): Promise<boolean> {
  const path = encodeURIComponent(branch);
  const classic = await github.find(`/branches/${path}`, branchAnswer);
  if (classic?.protection?.enabled === true) return true;
  const rules = await github.find(`/rules/branches/${path}?per_page=100`, branchRules);
  return rules?.some((rule) => rule.type === 'pull_request') ?? false;
}

function reviewersMissing(name: string, environment: Environment | undefined): readonly string[] {
  const reviewers = environment?.protection_rules.find((rule) => rule.type === 'required_reviewers')?.reviewers ?? [];
  if (!environment || reviewers.length > 0) return [];
  return [
    `No reviewer has to approve a job of the environment ${name}: add "Required reviewers" under Settings, `
      + `Environments, ${name}. If your plan does not offer that for a private repository, give the stage the gate `
      + '"manual-dispatch" in .projenrc.ts.',
  ];
}

function dispatchFaults(gate: Extract<GateQueryKind, { kind: 'manual-dispatch' }>): readonly string[] {
  const people = gate.people.map((person) => person.toLowerCase());
  return [
    ...(gate.event === 'workflow_dispatch'
      ? []
      : [`This run was started by "${gate.event}", not by a person: start the workflow by hand.`]),
    ...(people.includes(gate.actor.toLowerCase())
      ? []
      : [`${gate.actor} is not one of ${gate.team}: let one of them start the workflow (${gate.people.join(', ')}).`]),
  ];
}

function remarksOn(environment: Environment): readonly string[] {
  const rule = environment.protection_rules.find(({ type }) => type === 'required_reviewers');
  return [
    ...(rule?.prevent_self_review === true
      ? []
      : ['Who started the run may approve it too ("Prevent self-review" is off).']),
    ...(environment.can_admins_bypass === false ? [] : ['Administrators of the repository may pass the gate.']),
  ];
}

function missing(name: string): string {
  return `The environment ${name} does not exist: create it under Settings, Environments.`;
}
