import { PINNED_ACTIONS } from '../../../projenrc/delivery-pipeline/pinned-actions';
import { CONTEXTS } from '../../../tools/workflow-runner/contexts';
import { ExpressionLanguage } from '../../../tools/workflow-runner/expression-language';
import type { GeneratedJob, GeneratedStep } from './synthesise';
import { DEV, PROD, PROD_BY_HAND, STAGING, workflows, workflowTexts } from './synthesise';

const PIPELINES = {
  'two stages': [DEV, PROD],
  'three stages': [DEV, STAGING, PROD],
  'a gate by hand': [DEV, PROD_BY_HAND],
};

/** Stages that can be rolled back. */
function rollingBack(stages: (typeof PIPELINES)[keyof typeof PIPELINES]): readonly string[] {
  return stages.filter(({ branch }) => branch !== 'develop').map(({ name }) => name);
}

interface Place {
  readonly at: string;
  readonly workflow: string;
  readonly job: GeneratedJob;
}

function jobsOf(stages: (typeof PIPELINES)[keyof typeof PIPELINES]): readonly Place[] {
  return [...workflows(stages)].flatMap(([workflow, { jobs }]) =>
    Object.entries(jobs).map(([name, job]) => ({ at: `${workflow}/${name}`, workflow, job })),
  );
}

function stepsOf(
  stages: (typeof PIPELINES)[keyof typeof PIPELINES],
): ReadonlyArray<Place & { readonly step: GeneratedStep }> {
  return jobsOf(stages).flatMap((place) =>
    place.job.steps.map((step) => ({ ...place, at: `${place.at}: ${step.name}`, step })),
  );
}

describe.each(Object.entries(PIPELINES))('every workflow of a pipeline with %s', (_title, stages) => {
  test('starts from a token that may do nothing', () => {
    for (const [name, { permissions }] of workflows(stages)) expect([name, permissions]).toEqual([name, {}]);
  });

  test('writes with its token only where it has to', () => {
    const writing = jobsOf(stages).flatMap(({ at, job }) =>
      Object.entries(job.permissions).flatMap(([scope, level]) =>
        level === 'write' && scope !== 'id-token' ? [`${at} ${scope}`] : [],
      ),
    );
    expect(writing).toEqual([
      'ci/difference pull-requests', 'deliver/attest attestations', 'nightly/report issues',
      ...rollingBack(stages).map((stage) => `rollback/make-way-${stage} actions`),
      'upgrades/report-upgrades issues',
    ]);
  });

  test('lets a job ask for an identity token only behind an environment, and one job without, to attest', () => {
    const asking = jobsOf(stages).filter(({ job }) => job.permissions['id-token'] !== undefined);
    expect(asking.length).toBeGreaterThan(0);
    for (const { at, job } of jobsOf(stages)) {
      const may = job.environment !== undefined || at === 'deliver/attest';
      expect([at, job.permissions['id-token'] === 'write']).toEqual([at, may]);
    }
  });

  test('limits the time of every job', () => {
    for (const { at, job } of jobsOf(stages)) {
      expect([at, job['timeout-minutes'] >= 5 && job['timeout-minutes'] <= 120]).toEqual([at, true]);
    }
  });

  test('uses only actions that are pinned to a commit', () => {
    const used = stepsOf(stages).flatMap(({ step }) => step.uses === undefined ? [] : [step.uses]);
    expect(used.length).toBeGreaterThan(0);
    for (const use of used) expect(use).toMatch(/^[a-z-]+\/[a-z-]+@[0-9a-f]{40}$/);
    const pins = Object.entries(PINNED_ACTIONS).map(([action, { commit }]) => `${action}@${commit}`);
    expect([...new Set(used)].sort()).toEqual(pins.sort());
  });

  test('puts no expression into the text of a shell', () => {
    for (const { at, step } of stepsOf(stages)) {
      expect([at, step.run ?? '']).toEqual([at, expect.not.stringContaining('${{')]);
    }
  });

  test('keeps every script to one line', () => {
    for (const { at, step } of stepsOf(stages)) {
      expect([at, step.run ?? '']).toEqual([at, expect.not.stringContaining('\n')]);
    }
  });

  test('takes nothing that a stranger can word: no title, no text, no branch name of a pull request', () => {
    const untrusted = /github\.(head_ref|event\.(?!(pull_request\.(number|head\.repo\.full_name)|repository\.private)\b))/;
    for (const [name, text] of workflowTexts(stages)) {
      expect([name, untrusted.exec(text)?.[0]]).toEqual([name, undefined]);
    }
  });

  test('has no trigger that runs with the rights of the target branch', () => {
    const triggers = [...workflows(stages).values()].flatMap((workflow) => Object.keys(workflow.on));
    for (const trigger of triggers) {
      expect(['pull_request', 'merge_group', 'push', 'schedule', 'workflow_dispatch']).toContain(trigger);
    }
  });

  test('needs no secret', () => {
    for (const [name, text] of workflowTexts(stages)) {
      expect([name, text]).toEqual([
        name,
        expect.not.stringMatching(/secrets\.|aws-access-key-id|aws-secret-access-key/),
      ]);
    }
  });

  test('keeps no token in the checkout', () => {
    const checkouts = stepsOf(stages).filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { at, step } of checkouts) expect([at, step.with?.['persist-credentials']]).toEqual([at, false]);
  });

  test('installs the lock file without running scripts of packages', () => {
    const installs = stepsOf(stages).filter(({ step }) => step.run?.startsWith('npm ') ?? false);
    for (const { at, step } of installs) {
      expect([at, step.run]).toEqual([at, expect.stringMatching(/^npm (ci|update) --ignore-scripts /)]);
    }
  });

  test('shares no package cache with a job that deploys', () => {
    const cached = stepsOf(stages).filter(({ step }) => step.with?.cache !== undefined);
    expect(new Set(cached.map(({ workflow }) => workflow))).toEqual(new Set(['ci']));
  });

  test('never cancels a run half way, but for checks of a pull request that changed since', () => {
    for (const [name, { concurrency }] of workflows(stages)) {
      expect([name, concurrency['cancel-in-progress']]).toEqual([name, name === 'ci']);
    }
    for (const { at, job } of jobsOf(stages)) {
      expect([at, job.concurrency?.['cancel-in-progress'] ?? false]).toEqual([at, false]);
    }
  });

  test('holds only expressions that the local runner can evaluate', async () => {
    const language = await ExpressionLanguage.load();
    const all = [...jobsOf(stages).map(({ job }) => job.if), ...stepsOf(stages).map(({ step }) => step.if)];
    const conditions = all.flatMap((condition) => condition ?? []);
    const inTexts = [...workflowTexts(stages).values()].flatMap((text) =>
      [...text.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, inner = '']) => inner),
    );
    expect(inTexts.length).toBeGreaterThan(10);
    for (const expression of [...conditions, ...inTexts]) {
      expect(() => language.parse(expression, CONTEXTS)).not.toThrow();
    }
  });
});

describe('the job that attests', () => {
  const { deliver } = Object.fromEntries(workflows([DEV, PROD]));
  const attest = deliver?.jobs.attest;

  test('runs no code of ours and no package, so that none could sign anything', () => {
    expect(attest?.steps.map(({ uses = 'a script', run }) => [uses.split('@')[0], run?.split(' ')[0]])).toEqual([
      ['a script', 'echo'],
      ['actions/download-artifact', undefined],
      ['actions/attest', undefined],
      ['actions/attest', undefined],
    ]);
  });

  test('signs the digest that was sealed, with what the build listed', () => {
    const signing = attest?.steps.filter(({ uses }) => uses?.startsWith('actions/attest@')) ?? [];
    for (const step of signing) {
      expect(step.with?.['subject-digest']).toBe('sha256:${{ needs.assemble.outputs.digest }}');
    }
    expect(signing.map((step) => step.with?.['sbom-path'])).toEqual(
      [undefined, 'dist/bill/bill-of-materials.cdx.json']);
  });

  test('says so where the plan has no attestations, and signs in every other repository', async () => {
    const language = await ExpressionLanguage.load();
    const stepsMeant = (isPrivate: boolean, variable: string) => attest?.steps.map((step) =>
      language.isMeant(step.if, {
        status: 'success',
        contexts: {
          github: () => (name: string) => name === 'repository' ? () => isPrivate : '',
          vars: () => variable,
        },
      }));
    expect(stepsMeant(true, '')).toEqual([true, false, false, false]);
    expect(stepsMeant(true, 'offered')).toEqual([false, true, true, true]);
    expect(stepsMeant(false, '')).toEqual([false, true, true, true]);
  });

  test('must have ended before anything can be released', () => {
    expect(deliver?.jobs.tested?.needs).toContain('attest');
  });
});

test('each pinned action says the one release that its commit is', () => {
  for (const [action, pin] of Object.entries(PINNED_ACTIONS)) {
    expect([action, pin]).toEqual([
      action,
      { commit: expect.stringMatching(/^[0-9a-f]{40}$/), version: expect.stringMatching(/^v\d+\.\d+\.\d+$/) },
    ]);
  }
});
