import type { PipelineStage } from './pipeline-stage';
import { testEnvironmentOf } from './pipeline-stage';

/** The stages, sorted by how a change reaches them. */
export interface StagePlan {
  /** The branch whose pushes are built and tested. */
  readonly deliveryBranch: string;
  /** Deployed from the build itself, in this order. */
  readonly delivered: readonly PipelineStage[];
  /** Deployed from an assembly that was tested before, in this order. */
  readonly promoted: readonly PipelineStage[];
  /** Every branch that leads to a stage. */
  readonly branches: readonly string[];
}

/** Sorts the stages and refuses a list that the pipeline could not keep its promises with. */
export function planStages(stages: readonly PipelineStage[]): StagePlan {
  const [first] = stages;
  if (!first) {
    throw new Error(
      'Planning the delivery pipeline failed: it has no stage. Add at least one to `stages` in .projenrc.ts.',
    );
  }
  for (const stage of stages) check(stage, stages);
  const delivered = stages.filter((stage) => stage.branch === first.branch);
  for (const stage of delivered) {
    if (stage.gate.kind !== 'none') {
      refuse(
        stage,
        `it is gated, but shares the branch ${stage.branch}, whose pushes are deployed by themselves. Give it a `
          + 'branch of its own',
      );
    }
  }
  return {
    deliveryBranch: first.branch,
    delivered,
    promoted: stages.filter((stage) => stage.branch !== first.branch),
    branches: [...new Set(stages.map((stage) => stage.branch))],
  };
}

function check(stage: PipelineStage, stages: readonly PipelineStage[]): void {
  if (!/^[a-z][a-z0-9-]*$/.test(stage.name)) {
    refuse(stage, 'its name may have only lower-case letters, digits and hyphens. Rename it');
  }
  if (stages.filter((other) => other.name === stage.name).length > 1) {
    refuse(stage, 'two stages have this name. Rename one of them');
  }
  const foreign = stages.filter((other) => other.name !== stage.name).flatMap(environmentsOf);
  const shared = foreign.find((environment) => environmentsOf(stage).includes(environment));
  if (shared !== undefined) {
    refuse(
      stage,
      `the environment ${shared} belongs to another stage too, which could then take this one's roles. Name `
        + 'environments of its own',
    );
  }
  if (!/^[\w./-]+$/.test(stage.branch)) {
    refuse(stage, `"${stage.branch}" is not a plain branch name. Name one branch, without wildcards`);
  }
  const odd = environmentsOf(stage).find((environment) => !/^[\w-]+$/.test(environment));
  if (odd !== undefined) {
    refuse(stage, `the environment "${odd}" may have only letters, digits, hyphens and underscores. Rename it`);
  }
  if (!/^[A-Z][A-Z0-9_]*$/.test(stage.accountVariable)) {
    refuse(
      stage,
      `"${stage.accountVariable}" is not the name of a repository variable. Write it in capitals, like AWS_ACCOUNT_DEV`,
    );
  }
  if (stage.gate.kind === 'manual-dispatch' && stage.gate.people.length === 0) {
    refuse(stage, 'its manual gate names no person. List the GitHub logins that may release');
  }
}

function environmentsOf(stage: PipelineStage): readonly string[] {
  return [stage.environment, testEnvironmentOf(stage)];
}

function refuse(stage: PipelineStage, why: string): never {
  throw new Error(`Planning the delivery pipeline failed at the stage "${stage.name}": ${why} in .projenrc.ts.`);
}
