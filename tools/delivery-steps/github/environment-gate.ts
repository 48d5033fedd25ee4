import { z } from 'zod';
import type { GitHubApi } from './api';
import { openBranchRules } from './branch-rules';

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

type Environment = z.infer<typeof environmentAnswer>;

export interface GateQuery {
  readonly environment: string;
  readonly testEnvironment: string;
  readonly branch: string;
  /** Branches whose jobs test the stage: its own, and the one that nightly checks run on. */
  readonly testBranches: readonly string[];
  /** Releases are merged into the branch from the one where they were tested. */
  readonly needsMergeCommits: boolean;
  readonly gate: GateQueryKind;
}

type GateQueryKind =
  /** Changes go in by themselves; then only their way in is inspected. */
  | { readonly kind: 'none' }
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
    ...await openBranchRules(github, query.branch, query.needsMergeCommits),
    ...(query.testEnvironment === query.environment ? [] : await openTestEnvironment(github, query)),
    ...(query.gate.kind === 'required-reviewers' ? reviewersMissing(query.environment, environment) : []),
    ...(query.gate.kind === 'manual-dispatch' ? dispatchFaults(query.gate) : []),
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
  const allowed = await allowedRules(github, name);
  const others = allowed
    .filter((rule) => rule.name !== branch || (rule.type ?? 'branch') !== 'branch')
    .map((rule) => rule.name);
  if (others.length > 0) return [`${others.join(', ')} may deploy to the environment ${name} too: ${remedy}`];
  if (allowed.length === 0) return [`No branch may deploy to the environment ${name}: ${remedy}`];
  return [];
}

async function openTestEnvironment(
  github: GitHubApi, { testEnvironment: name, testBranches: wanted }: GateQuery): Promise<readonly string[]> {
  const environment = await findEnvironment(github, name);
  if (!environment) return [missing(name)];
  const policy = environment.deployment_branch_policy;
  const remedy = `under Settings, Environments, ${name}, set "Deployment branches and tags" to ${wanted.join(' and ')}.`;
  if (!policy) return [`Every branch may use the environment ${name} and with it the stage's test role: ${remedy}`];
  if (!policy.custom_branch_policies) return [];
  const others = (await allowedRules(github, name))
    .filter((rule) => !wanted.includes(rule.name) || (rule.type ?? 'branch') !== 'branch').map((rule) => rule.name);
  if (others.length === 0) return [];
  return [`${others.join(', ')} may use the environment ${name} and with it the stage's test role: ${remedy}`];
}

async function allowedRules(github: GitHubApi, name: string) {
  const path = `/environments/${encodeURIComponent(name)}/deployment-branch-policies?per_page=100`;
  return (await github.get(path, branchPolicies)).branch_policies;
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
