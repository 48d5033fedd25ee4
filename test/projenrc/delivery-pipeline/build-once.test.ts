import type { GeneratedJob } from './synthesise';
import { DEV, PROD, STAGING, workflowOf, workflows } from './synthesise';

const STAGES = [DEV, STAGING, PROD];

function scripts(job: GeneratedJob | undefined): readonly string[] {
  return job?.steps.flatMap((step) => step.run ?? []) ?? [];
}

/** Steps by what they do, in order. */
function names(job: GeneratedJob | undefined): readonly string[] {
  return job?.steps.map((step) => step.name) ?? [];
}

describe('build once, deploy many', () => {
  test.each(['promote', 'rollback'])('%s builds nothing', (name) => {
    const all = Object.values(workflowOf(STAGES, name).jobs).flatMap(scripts);
    for (const script of all) {
      expect(script).not.toMatch(/projen (build|bundle|synth|default|compile)|cdk synth|npx projen$/);
    }
  });

  test('only the first job of deliver builds', () => {
    const building = Object.entries(workflowOf(STAGES, 'deliver').jobs).filter(([, job]) =>
      scripts(job).some((script) => /projen (build|synth)/.test(script)),
    );
    expect(building.map(([name]) => name)).toEqual(['assemble']);
  });

  test('every deployment is of a finished assembly, which the same job verified before, and of one stack alone', () => {
    const deployments = [...workflows(STAGES).values()]
      .flatMap((workflow) => Object.values(workflow.jobs))
      .flatMap((job) => {
        const all = scripts(job);
        return all.flatMap((script, index) =>
          script.includes('cdk deploy') ? [{ script, before: all.slice(0, index) }] : [],
        );
      });
    expect(deployments).toHaveLength(9);
    for (const { script, before } of deployments) {
      const assembly = /--app (\S+) /.exec(script)?.[1] ?? 'none';
      expect(before).toContainEqual(
        expect.stringMatching(`pipeline verify .*--assembly ${assembly} .*--digest "\\$DIGEST"`),
      );
      // Without it the CLI runs cdk.json's build command even for a finished assembly.
      expect(script).toContain("--build ''");
      expect(script).toMatch(/--exclusively ai-multi-comms-(dev|staging|prod) /);
    }
  });

  test('the digest comes from the job that sealed or found the assembly, not from the file that is verified', () => {
    const steps = [...workflows(STAGES).values()]
      .flatMap((workflow) => Object.values(workflow.jobs))
      .flatMap((job) => job.steps);
    const digests = steps.flatMap((step) => step.env?.DIGEST ?? []);
    expect(new Set(digests)).toEqual(new Set([
      '${{ needs.build.outputs.digest }}',
      '${{ needs.assemble.outputs.digest }}',
      '${{ needs.find-release.outputs.digest }}', '${{ needs.find.outputs.digest }}', '${{ steps.previous.outputs.digest }}',
    ]));
  });

  test('the assembly is sealed right after its synthesis', () => {
    const order = names(workflowOf(STAGES, 'deliver').jobs.assemble);
    expect(order.indexOf('Seal the assembly')).toBe(order.indexOf('Synthesise the assembly') + 1);
  });

  test('what is tested is kept under its tree and its digest, and only after the tests', () => {
    const { tested } = workflowOf(STAGES, 'deliver').jobs;
    expect(tested?.needs).toEqual(['assemble', 'attest', 'integration-dev']);
    expect(tested?.steps.at(-1)?.with).toMatchObject({
      'name': 'tested-${{ needs.assemble.outputs.tree }}-${{ needs.assemble.outputs.digest }}',
      'retention-days': 90,
      'if-no-files-found': 'error',
    });
  });

  test('a failing test takes the stage back to its previous release within the same approval', () => {
    const steps = workflowOf(STAGES, 'promote').jobs['deploy-prod']?.steps ?? [];
    const back = steps.find((step) => step.name === 'Go back to the previous release');
    expect(back?.run).toContain('--app dist/previous ');
    expect(back?.if).toBe("failure() && steps.tests.outcome == 'failure' && steps.previous.outputs.artifact != ''");
    expect(steps.findIndex((step) => step.id === 'tests')).toBeGreaterThan(
      steps.findIndex((step) => step.id === 'deploy'),
    );
  });
});
