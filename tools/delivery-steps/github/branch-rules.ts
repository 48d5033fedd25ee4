import { z } from 'zod';
import type { GitHubApi } from './api';

const branchAnswer = z.object({ protection: z.object({ enabled: z.boolean().optional() }).optional() });
const branchRules = z.array(z.object({
  type: z.string(),
  parameters: z.looseObject({ allowed_merge_methods: z.array(z.string()).optional() }).optional(),
}));
const repositoryAnswer = z.object({
  allow_merge_commit: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_rebase_merge: z.boolean().optional(),
});

type Rules = z.infer<typeof branchRules>;

/** Every way that GitHub offers. */
const METHODS = ['merge', 'squash', 'rebase'];

/**
 * What lets changes come to a branch otherwise than by a pull request, or, where releases are merged from another
 * branch, otherwise than by a merge commit.
 */
export async function openBranchRules(
  github: GitHubApi, branch: string, needsMergeCommits: boolean): Promise<readonly string[]> {
  const rules = await github.find(`/rules/branches/${encodeURIComponent(branch)}?per_page=100`, branchRules) ?? [];
  const isClassic = await hasClassicRule(github, branch);
  if (!isClassic && !rules.some(({ type }) => type === 'pull_request')) {
    return [
      `The branch ${branch} takes changes without a pull request: protect it under Settings, Rules, with `
        + '"Require a pull request before merging".',
    ];
  }
  return needsMergeCommits ? otherMethods(github, branch, rules) : [];
}

/** GitHub's own flag `protected` is also true for rulesets that ask for less. */
async function hasClassicRule(github: GitHubApi, branch: string): Promise<boolean> {
  const classic = await github.find(`/branches/${encodeURIComponent(branch)}`, branchAnswer);
  return classic?.protection?.enabled === true;
}

/** After a squash the two branches share no history, and the next release conflicts with the one before. */
async function otherMethods(github: GitHubApi, branch: string, rules: Rules): Promise<readonly string[]> {
  const remedy = `under Settings, Rules, Rulesets, in the rule "Require a pull request" of ${branch}, `
    + 'set "Allowed merge methods" to Merge alone.';
  if (rules.some(({ type }) => type === 'required_linear_history')) {
    return [`The branch ${branch} takes no merge commit, because it requires a linear history: take that rule away, and ${remedy}`];
  }
  const allowed = allowedBy(rules) ?? await allowedByRepository(github);
  if (!allowed.includes('merge')) return [`The branch ${branch} takes no merge commit: ${remedy}`];
  const others = allowed.filter((method) => method !== 'merge');
  return others.length > 0 ? [`The branch ${branch} takes a release by ${others.join(' or ')}: ${remedy}`] : [];
}

/** What all rules together allow; undefined if none says anything. */
function allowedBy(rules: Rules): readonly string[] | undefined {
  const lists = rules.flatMap(({ type, parameters }) =>
    type === 'pull_request' && parameters?.allowed_merge_methods ? [parameters.allowed_merge_methods] : []);
  return lists.length === 0 ? undefined : METHODS.filter((method) => lists.every((list) => list.includes(method)));
}

/** A setting that the job may not see counts as allowed. */
async function allowedByRepository(github: GitHubApi): Promise<readonly string[]> {
  const settings = await github.find('', repositoryAnswer) ?? {};
  const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = settings;
  return METHODS.filter((_method, index) => [merge, squash, rebase][index] !== false);
}
