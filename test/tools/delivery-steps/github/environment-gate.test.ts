import { GitHubApi } from '../../../../tools/delivery-steps/github/api';
import type { GateQuery } from '../../../../tools/delivery-steps/github/environment-gate';
import { inspectGate } from '../../../../tools/delivery-steps/github/environment-gate';
import { localGitHub, REPOSITORY } from './local-github';

const QUERY: GateQuery = {
  environment: 'prod',
  testEnvironment: 'prod-test',
  testBranches: ['develop', 'main'],
  branch: 'main',
  needsMergeCommits: false,
  gate: { kind: 'required-reviewers' },
};
const BY_HAND: GateQuery = {
  ...QUERY,
  gate: {
    kind: 'manual-dispatch',
    team: 'the release team',
    people: ['Ada', 'grace'],
    actor: 'ada',
    event: 'workflow_dispatch',
  },
};

async function guarded(
  change: {
    readonly environment?: 'none' | { reviewers?: readonly string[]; branches?: readonly string[] | 'any' };
    readonly test?: 'none' | 'any';
    readonly open?: boolean;
  } = {},
) {
  const { state, github } = await localGitHub();
  if (change.environment !== 'none') {
    state.environments.set('prod', { reviewers: ['ada'], branches: ['main'], ...change.environment });
  }
  if (change.test !== 'none') {
    state.environments.set('prod-test', { reviewers: [], branches: change.test ?? ['main', 'develop'] });
  }
  if (change.open !== true) state.protectedBranches.add('main');
  return github;
}

/** GitHub's answers given by hand, for what the local one does not offer. */
function answering(answers: Readonly<Record<string, unknown>>): GitHubApi {
  const fetchAnswer = async (input: string | URL | Request) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname.replace(`/repos/${REPOSITORY}`, '');
    return Promise.resolve(path in answers ? Response.json(answers[path]) : new Response('{}', { status: 404 }));
  };
  return new GitHubApi({ url: 'https://github.test', repository: REPOSITORY, token: 't', fetch: fetchAnswer });
}

const CLOSED = {
  '/environments/prod': {
    protection_rules: [{ type: 'required_reviewers', prevent_self_review: true, reviewers: [{}] }],
    can_admins_bypass: false,
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  },
  '/environments/prod/deployment-branch-policies': { branch_policies: [{ name: 'main', type: 'branch' }] },
  '/environments/prod-test': { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } },
  '/branches/main': { protected: true, protection: { enabled: true } },
};

describe('a gate of required reviewers', () => {
  test('is closed with reviewers, one branch, and a protected branch', async () => {
    await expect(inspectGate(await guarded(), QUERY)).resolves.toMatchObject({ open: [] });
  });

  test.each([
    ['the environment is missing', { environment: 'none' as const }, ['The environment prod does not exist']],
    [
      'no approval is needed',
      { environment: { reviewers: [] } },
      ['No reviewer has to approve a job of the environment prod: add "Required reviewers"'],
    ],
    [
      'any branch may deploy',
      { environment: { branches: 'any' as const } },
      ['Every branch may deploy to the environment prod'],
    ],
    [
      'another branch may deploy too',
      { environment: { branches: ['main', 'hotfix/*'] } },
      ['hotfix/* may deploy to the environment prod too'],
    ],
    ['no branch may deploy', { environment: { branches: [] } }, ['No branch may deploy to the environment prod']],
    ['the branch takes anything', { open: true }, ['The branch main takes changes without a pull request']],
    ['the test environment is missing', { test: 'none' as const }, ['The environment prod-test does not exist']],
    [
      'the test environment is open to any branch',
      { test: 'any' as const },
      ['Every branch may use the environment prod-test'],
    ],
    [
      'everything is open',
      { environment: { reviewers: [], branches: 'any' as const }, open: true },
      ['Every branch may deploy', 'The branch main takes', 'No reviewer has to approve'],
    ],
  ])('is open if %s', async (_title, change, faults) => {
    const { open } = await inspectGate(await guarded(change), QUERY);
    expect(open).toEqual(faults.map((fault) => expect.stringContaining(fault)));
  });

  test('fails closed if GitHub does not answer', async () => {
    const { github } = await localGitHub({});
    await expect(inspectGate(github, QUERY)).rejects.toThrow('HTTP 403');
  });

  test('fails closed if GitHub answers what is not documented', async () => {
    await expect(
      inspectGate(answering({ ...CLOSED, '/environments/prod': { protection_rules: 'all' } }), QUERY),
    ).rejects.toThrow('its answer is not as documented');
  });

  test('is open to every protected branch, if only those are asked for', async () => {
    const environment = {
      ...CLOSED['/environments/prod'],
      deployment_branch_policy: { protected_branches: true, custom_branch_policies: false },
    };
    const { open } = await inspectGate(answering({ ...CLOSED, '/environments/prod': environment }), QUERY);
    expect(open).toEqual([expect.stringContaining('Every protected branch may deploy')]);
  });

  test('is open to a tag of the branch\'s name', async () => {
    const { open } = await inspectGate(
      answering({
        ...CLOSED,
        '/environments/prod/deployment-branch-policies': { branch_policies: [{ name: 'main', type: 'tag' }] },
      }),
      QUERY,
    );
    expect(open).toEqual([expect.stringContaining('main may deploy to the environment prod too')]);
  });

  test('takes a ruleset that asks for pull requests as protection, and one that asks for less as none', async () => {
    const withRules = (type: string) =>
      answering({ ...CLOSED, '/branches/main': { protected: true }, '/rules/branches/main': [{ type }] });
    expect((await inspectGate(withRules('pull_request'), QUERY)).open).toEqual([]);
    expect((await inspectGate(withRules('branch_name_pattern'), QUERY)).open).toEqual([
      expect.stringContaining('takes changes without a pull request'),
    ]);
  });

  test('names what is allowed but worth knowing', async () => {
    const environment = {
      ...CLOSED['/environments/prod'],
      can_admins_bypass: true,
      protection_rules: [{ type: 'required_reviewers', prevent_self_review: false, reviewers: [{}] }],
    };
    const { remarks } = await inspectGate(answering({ ...CLOSED, '/environments/prod': environment }), QUERY);
    expect(remarks).toEqual([
      'Who started the run may approve it too ("Prevent self-review" is off).',
      'Administrators of the repository may pass the gate.',
    ]);
    expect((await inspectGate(answering(CLOSED), QUERY)).remarks).toEqual([]);
  });
});

describe('a gate by hand', () => {
  test('is closed to all but the named people, and needs no reviewers', async () => {
    const github = await guarded({ environment: { reviewers: [] } });
    expect((await inspectGate(github, BY_HAND)).open).toEqual([]);
  });

  test.each([
    [
      'another person starts it',
      { actor: 'mallory', event: 'workflow_dispatch' },
      ['mallory is not one of the release team: let one of them start the workflow (Ada, grace).'],
    ],
    [
      'a push starts it',
      { actor: 'ada', event: 'push' },
      ['This run was started by "push", not by a person: start the workflow by hand.'],
    ],
  ])('is open if %s', async (_title, start, faults) => {
    const { open } = await inspectGate(await guarded(), {
      ...BY_HAND,
      gate: { kind: 'manual-dispatch', team: 'the release team', people: ['Ada', 'grace'], ...start },
    });
    expect(open).toEqual(faults);
  });

  test('still needs the branch rules', async () => {
    const { open } = await inspectGate(await guarded({ environment: { branches: 'any' }, open: true }), BY_HAND);
    expect(open).toHaveLength(2);
  });
});

describe('a stage that every tested change reaches', () => {
  const DEV: GateQuery = {
    environment: 'dev', testEnvironment: 'dev-test', testBranches: ['develop'], branch: 'develop',
    needsMergeCommits: false, gate: { kind: 'none' },
  };

  async function open(change: { environment?: readonly string[] | 'any'; test?: readonly string[] | 'any' } = {}) {
    const { state, github } = await localGitHub();
    state.protectedBranches.add('develop');
    state.environments.set('dev', { reviewers: [], branches: change.environment ?? ['develop'] })
      .set('dev-test', { reviewers: [], branches: change.test ?? ['develop'] });
    return (await inspectGate(github, DEV)).open;
  }

  test('needs no reviewer', async () => {
    await expect(open()).resolves.toEqual([]);
  });

  test.each([
    ['any branch may deploy there', { environment: 'any' as const }, 'Every branch may deploy to the environment dev'],
    ['a second branch may', { environment: ['develop', 'feature/x'] }, 'feature/x may deploy to the environment dev too'],
    ['a second branch may test there', { test: ['develop', 'feature/x'] },
      'feature/x may use the environment dev-test and with it the stage\'s test role'],
  ])('is open if %s', async (_title, change, fault) => {
    await expect(open(change)).resolves.toEqual([expect.stringContaining(fault)]);
  });
});

describe('a branch that releases are merged into', () => {
  const MERGING = { ...QUERY, needsMergeCommits: true };
  const ruled = (...methods: ReadonlyArray<readonly string[]>) => answering({
    ...CLOSED,
    '/rules/branches/main': methods.map((allowed) =>
      ({ type: 'pull_request', parameters: { allowed_merge_methods: allowed } })),
  });

  test('takes merge commits alone', async () => {
    expect((await inspectGate(ruled(['merge']), MERGING)).open).toEqual([]);
  });

  test('may have two rulesets that allow no other way together', async () => {
    expect((await inspectGate(ruled(['merge', 'squash'], ['merge', 'rebase']), MERGING)).open).toEqual([]);
  });

  test.each([
    [['merge', 'squash'], 'takes a release by squash: under Settings, Rules, Rulesets'],
    [['merge', 'squash', 'rebase'], 'takes a release by squash or rebase'],
    [['squash'], 'takes no merge commit'],
  ])('is open if a ruleset allows %j', async (methods, fault) => {
    expect((await inspectGate(ruled(methods), MERGING)).open).toEqual([expect.stringContaining(fault)]);
  });

  test('is open if its history must be linear', async () => {
    const github = answering({ ...CLOSED, '/rules/branches/main': [{ type: 'pull_request' }, { type: 'required_linear_history' }] });
    expect((await inspectGate(github, MERGING)).open).toEqual([expect.stringContaining('requires a linear history')]);
  });

  test('is judged by the repository\'s settings where no ruleset says anything, and a setting that is not seen counts as allowed', async () => {
    const settings = (answer: object) => answering({ ...CLOSED, '': answer });
    const closed = { allow_merge_commit: true, allow_squash_merge: false, allow_rebase_merge: false };
    expect((await inspectGate(settings(closed), MERGING)).open).toEqual([]);
    expect((await inspectGate(settings({}), MERGING)).open).toEqual([expect.stringContaining('takes a release by squash or rebase')]);
  });

  test('of a stage that is not merged into is not asked', async () => {
    expect((await inspectGate(ruled(['squash']), QUERY)).open).toEqual([]);
  });
});
