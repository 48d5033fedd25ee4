import type { Scenario, ScenarioOutcome } from '../scenarios';
import { UnexpectedRun } from '../scenarios';
import type { DeliveryRehearsal, DeliveryRun, RunRequest } from './delivery-rehearsal';
import type { DeployedStageView } from './deployed-stage';
import { expectAll, expectFailure, expectJob } from './expect-run';
import type { PipelineFacts } from './pipeline-facts';
import { workflowFile } from './pipeline-facts';
import { BROKEN_DEPLOYMENT, brokenIn, editedWorkflow, HARMLESS_CHANGE, HARMLESS_RELEASE, TYPE_ERROR } from './injected-changes';
import type { InjectedChange, RehearsedRepository } from './rehearsed-repository';
import type { BuildMode } from './script-replacements';

export interface DeliveryUnderTest {
  readonly delivery: Pick<DeliveryRehearsal, 'run' | 'tamper' | 'guard' | 'state'>;
  readonly repository: Pick<RehearsedRepository, 'head' | 'inject' | 'merge' | 'reset'>;
  readonly facts: PipelineFacts;
  readonly firstBuild: BuildMode;
  view(stage: string): Pick<DeployedStageView, 'code' | 'state' | 'faultOfMessage'>;
}

/** The promises of the pipeline, each kept or broken before one's eyes: in the order in which a release meets them. */
export function deliveryScenarios(board: DeliveryUnderTest): readonly Scenario[] {
  const scenarios = new DeliveryScenarios(board);
  return [
    { title: 'deliver: build, dev, end-to-end suite, assembly kept', vital: true, run: async () => scenarios.deliverFirst() },
    { title: 'promote: prod from that very assembly, after approval', vital: true, run: async () => scenarios.promoteFirst() },
    { title: 'fault: an environment without reviewers', vital: false, run: async () => scenarios.unguarded() },
    { title: 'fault: a tested assembly that was tampered with', vital: false, run: async () => scenarios.tampered() },
    { title: 'fault: a change without a tested assembly', vital: false, run: async () => scenarios.missing() },
    { title: 'fault: a type error in a handler', vital: false, run: async () => scenarios.typeError() },
    { title: 'fault: a workflow edited by hand', vital: false, run: async () => scenarios.edited() },
    { title: 'a deployment that breaks off is rolled back', vital: false, run: async () => scenarios.brokenDeployment() },
    { title: 'fault: a failing integration test', vital: false, run: async () => scenarios.failingIntegration() },
    { title: 'a release that fails in prod goes back', vital: false, run: async () => scenarios.failingInProduction() },
    { title: 'rollback: prod gets an earlier release again', vital: false, run: async () => scenarios.rollback() },
    { title: 'fault: a rollback to a number that is not a run', vital: false, run: async () => scenarios.rollbackToNothing() },
  ];
}

class DeliveryScenarios {
  private firstDelivery = '0';
  private firstPromotion = '0';
  private heads: { readonly delivery: string; readonly promotion: string } = { delivery: '', promotion: '' };

  constructor(private readonly board: DeliveryUnderTest) {}

  async deliverFirst(): Promise<ScenarioOutcome> {
    const run = await this.deliver({ build: this.board.firstBuild });
    expectAll(run, 'success');
    this.firstDelivery = run.id;
    const kept = (await this.board.delivery.state.artifacts.list(run.id)).find(({ name }) => name.startsWith('tested-'));
    if (!kept) throw new UnexpectedRun('every job went well, but no tested assembly was kept', [run]);
    await this.expectService(this.firstDelivered(), [run]);
    return { seen: `kept ${short(kept.name)}; a message reached the vendor`, runs: [run] };
  }

  async promoteFirst(): Promise<ScenarioOutcome> {
    const { repository, facts } = this.board;
    await repository.merge(facts.deliveryBranch, facts.promotionBranch);
    this.heads = { delivery: await repository.head(facts.deliveryBranch), promotion: await repository.head(facts.promotionBranch) };
    const run = await this.promote();
    this.firstPromotion = run.id;
    expectAll(run, 'success');
    if (run.asked.length !== 1) throw new UnexpectedRun(`the reviewers were asked ${run.asked.length} times instead of once`, [run]);
    await this.expectCode(this.firstPromoted(), await this.board.view(this.firstDelivered()).code(), [run]);
    await this.expectService(this.firstPromoted(), [run]);
    return { seen: `${this.firstPromoted()} runs the functions that ${this.firstDelivered()} runs; one approval was asked for; a message reached the vendor`, runs: [run] };
  }

  async unguarded(): Promise<ScenarioOutcome> {
    const { delivery, facts } = this.board;
    for (const { environment } of facts.promoted) delivery.state.environments.set(environment, { reviewers: [], branches: 'any' });
    try {
      const run = await this.promote();
      expectFailure(run, `guard-${this.firstPromoted()}`, 'No reviewer has to approve a job of the environment');
      return { seen: 'the guard refused, before a reviewer was asked', runs: [run] };
    } finally {
      delivery.guard();
    }
  }

  async tampered(): Promise<ScenarioOutcome> {
    const restore = await this.board.delivery.tamper(this.firstDelivery, 'tested-');
    try {
      const run = await this.promote();
      expectFailure(run, `difference-${this.firstPromoted()}`, 'so that it is not what was built and tested');
      return { seen: 'one changed byte was found by the digest; nothing was deployed', runs: [run] };
    } finally {
      await restore();
    }
  }

  async missing(): Promise<ScenarioOutcome> {
    return this.onBranch('promotion', HARMLESS_CHANGE, async () => {
      const run = await this.promote();
      expectFailure(run, 'find', 'as a squash, a rebase or a direct change leaves them');
      return { seen: 'a change that came past the delivery branch has no tested assembly and cannot be released', runs: [run] };
    });
  }

  async typeError(): Promise<ScenarioOutcome> {
    return this.onBranch('delivery', TYPE_ERROR, async () => {
      const run = await this.deliver({ build: 'type-check' });
      expectFailure(run, 'assemble', "Type 'string' is not assignable to type 'number'");
      return { seen: 'the build stopped; nothing was deployed', runs: [run] };
    });
  }

  async edited(): Promise<ScenarioOutcome> {
    return this.onBranch('delivery', editedWorkflow(workflowFile('deliver')), async () => {
      const run = await this.deliver({ build: 'generated-files' });
      expectFailure(run, 'assemble', 'the build changed');
      return { seen: 'a generated file that differs from what is generated stopped the build', runs: [run] };
    });
  }

  async brokenDeployment(): Promise<ScenarioOutcome> {
    const stage = this.firstDelivered();
    const before = await this.board.view(stage).code();
    return this.onBranch('delivery', BROKEN_DEPLOYMENT, async () => {
      const run = await this.deliver();
      expectFailure(run, `deploy-${stage}`, 'failed');
      const status = (await this.board.view(stage).state())?.status;
      if (status !== 'UPDATE_ROLLBACK_COMPLETE') throw new UnexpectedRun(`the stack of ${stage} is in the state ${String(status)} instead of UPDATE_ROLLBACK_COMPLETE`, [run]);
      await this.expectCode(stage, before, [run]);
      await this.expectService(stage, [run]);
      return { seen: `CloudFormation went back; ${stage} runs what it ran before, and a message reached the vendor`, runs: [run] };
    });
  }

  async failingIntegration(): Promise<ScenarioOutcome> {
    const stage = this.firstDelivered();
    return this.onBranch('delivery', brokenIn(stage), async () => {
      const run = await this.deliver();
      expectFailure(run, `integration-${stage}`, '');
      const kept = (await this.board.delivery.state.artifacts.list(run.id)).some(({ name }) => name.startsWith('tested-'));
      if (kept) throw new UnexpectedRun('the suite failed, but the assembly was kept as tested', [run]);
      return { seen: 'the suite failed on the deployed stage, so nothing was kept that could be promoted', runs: [run] };
    });
  }

  async failingInProduction(): Promise<ScenarioOutcome> {
    const { repository, facts } = this.board;
    const stage = this.firstPromoted();
    const before = await this.board.view(stage).code();
    return this.onBranch('delivery', brokenIn(stage), async () => {
      const delivered = await this.deliver();
      expectAll(delivered, 'success');
      await repository.merge(facts.deliveryBranch, facts.promotionBranch);
      const promoted = await this.promote();
      const runs = [delivered, promoted];
      expectFailure(promoted, `deploy-${stage}`, 'Go back to the previous release', runs);
      await this.expectCode(stage, before, runs);
      await this.expectService(stage, runs);
      return { seen: `its smoke test failed, the same job deployed the previous release, and a message reached the vendor`, runs };
    });
  }

  async rollback(): Promise<ScenarioOutcome> {
    const { repository, facts } = this.board;
    const stage = this.firstPromoted();
    const before = await this.board.view(stage).code();
    return this.onBranch('delivery', HARMLESS_RELEASE, async () => {
      const delivered = await this.deliver();
      await repository.merge(facts.deliveryBranch, facts.promotionBranch);
      const promoted = await this.promote();
      for (const run of [delivered, promoted]) expectAll(run, 'success');
      const released = await this.board.view(stage).code();
      const back = await this.startRollback(this.firstPromotion);
      const runs = [delivered, promoted, back];
      expectJob(back, `rollback-${stage}`, 'success', runs);
      if (back.asked.length !== 1) throw new UnexpectedRun(`the reviewers were asked ${back.asked.length} times instead of once`, runs);
      if (sameCode(before, released)) throw new UnexpectedRun(`the second release changed no function of ${stage}`, runs);
      await this.expectCode(stage, before, runs);
      await this.expectService(stage, runs);
      return { seen: `${stage} runs the functions of the first release again; one approval was asked for; a message reached the vendor`, runs };
    });
  }

  async rollbackToNothing(): Promise<ScenarioOutcome> {
    const run = await this.startRollback('1; echo $GITHUB_TOKEN');
    expectFailure(run, 'find-release', 'that is not the number of a run');
    return { seen: 'the number was refused before anything was fetched', runs: [run] };
  }

  /** Commits a change to a branch, and takes both branches back to where they were. */
  private async onBranch(branch: 'delivery' | 'promotion', changes: readonly InjectedChange[], work: () => Promise<ScenarioOutcome>): Promise<ScenarioOutcome> {
    const { repository, facts } = this.board;
    await repository.inject(branch === 'delivery' ? facts.deliveryBranch : facts.promotionBranch, changes);
    try {
      return await work();
    } finally {
      await repository.reset(facts.deliveryBranch, this.heads.delivery);
      await repository.reset(facts.promotionBranch, this.heads.promotion);
    }
  }

  private async deliver(request: RunRequest = {}): Promise<DeliveryRun> {
    return this.board.delivery.run('deliver', request);
  }

  private async promote(): Promise<DeliveryRun> {
    return this.board.delivery.run('promote');
  }

  private async startRollback(run: string): Promise<DeliveryRun> {
    return this.board.delivery.run('rollback', { inputs: { stage: this.firstPromoted(), run } });
  }

  private firstDelivered(): string {
    return this.board.facts.delivered[0]?.name ?? 'dev';
  }

  private firstPromoted(): string {
    return this.board.facts.promoted[0]?.name ?? 'prod';
  }

  private async expectCode(stage: string, expected: Readonly<Record<string, string>>, runs: readonly DeliveryRun[]): Promise<void> {
    const found = await this.board.view(stage).code();
    const names = Object.keys(expected);
    const other = names.find((name) => found[name] !== expected[name]);
    if (names.length === 0) throw new UnexpectedRun(`the functions of ${stage} have nothing to be compared with`, runs);
    if (other !== undefined) throw new UnexpectedRun(`the function ${other}-${stage} runs other code than it must`, runs);
  }

  private async expectService(stage: string, runs: readonly DeliveryRun[]): Promise<void> {
    const fault = await this.board.view(stage).faultOfMessage();
    if (fault !== undefined) throw new UnexpectedRun(`${stage} does not serve: ${fault}`, runs);
  }
}

function short(artifact: string): string {
  return artifact.replace(/([0-9a-f]{7})[0-9a-f]{33,}/g, '$1…');
}

function sameCode(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.keys(one).every((name) => one[name] === other[name]);
}
