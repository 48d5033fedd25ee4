import type { HostedComment, HostedEnvironment, HostedIssue, HostedRun, HostingState } from './hosting-state';

/** Who a workflow's token writes as. */
const AUTHOR = { login: 'github-actions[bot]' };

// GitHub's answers, with the fields that the pipeline reads (docs.github.com/rest, version 2022-11-28).

export function runAnswer({ repository }: HostingState, { id, path, event, branch, tree, conclusion }: HostedRun) {
  return {
    id,
    path,
    event,
    conclusion,
    status: conclusion === null ? 'in_progress' : 'completed',
    head_branch: branch,
    head_commit: { tree_id: tree },
    head_repository: { full_name: repository },
  };
}

export function environmentAnswer(name: string, { reviewers, branches }: HostedEnvironment) {
  return {
    name,
    can_admins_bypass: true,
    protection_rules: [
      ...(reviewers.length > 0 ? [{ type: 'required_reviewers', prevent_self_review: true, reviewers: reviewers.map((login) => ({ type: 'User', reviewer: { login } })) }] : []),
      ...(branches === 'any' ? [] : [{ type: 'branch_policy' }]),
    ],
    deployment_branch_policy: branches === 'any' ? null : { protected_branches: false, custom_branch_policies: true },
  };
}

export function branchAnswer(name: string, isProtected: boolean) {
  return { name, protected: isProtected, protection: { enabled: isProtected } };
}

export function issueAnswer(issue: HostedIssue) {
  return { ...issue, user: AUTHOR };
}

export function commentAnswer({ id, body }: HostedComment) {
  return { id, body, user: AUTHOR };
}
