import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { BootstrapStack } from '../../../src/infra/bootstrap/bootstrap-stack';
import type { RoleCredentials, RoleRequest } from '../../../tools/workflow-runner/actions/action-call';
import { ActionFailure } from '../../../tools/workflow-runner/actions/action-failure';
import { ArtifactStore } from '../../../tools/workflow-runner/artifact-store';
import { startGitHubServer } from '../../../tools/workflow-runner/hosting/github-server';
import type { HostedRun } from '../../../tools/workflow-runner/hosting/hosting-state';
import { HostingState } from '../../../tools/workflow-runner/hosting/hosting-state';
import type { WorkflowResult } from '../../../tools/workflow-runner/run-workflow';
import { runWorkflow } from '../../../tools/workflow-runner/run-workflow';
import { readWorkflow } from '../../../tools/workflow-runner/workflow-file';
import { sampleAssembly } from '../../tools/delivery-steps/assembly/sample-assembly';
import { commit, git, temporaryFolder, temporaryRepository, writeFiles } from '../../tools/delivery-steps/temporary-folder';
import { DEV, PROD, workflowTexts } from './synthesise';
import { startStepServer } from './step-server';
import type { StepServer } from './step-server';

const STAGES = [DEV, PROD];
const REPOSITORY = 'example-org/engine';
const ACCOUNTS = { AWS_ACCOUNT_DEV: '111111111111', AWS_ACCOUNT_PROD: '222222222222' };

export interface Ran extends WorkflowResult {
  readonly id: string;
  /** Everything the steps said. */
  readonly log: string;
  /** `<environment> <job>` for each approval that was asked for. */
  readonly asked: readonly string[];
  /** Results by job. */
  readonly results: Readonly<Record<string, string>>;
}

interface RunRequest {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Answers the reviewers' question; it may also do harm while the job waits. */
  approve?(environment: string, run: string): Promise<boolean>;
}

/**
 * The generated workflows at work in a repository of their own: git, GitHub's API, artifacts, approvals, the roles' trust and the pipeline's own
 * steps are there; what costs minutes or needs AWS is replaced by scripts that read and write marks in files.
 */
export class RehearsedDelivery {
  static async start(): Promise<RehearsedDelivery> {
    const scratch = temporaryFolder();
    const steps = await startStepServer();
    const state = new HostingState(REPOSITORY, new ArtifactStore(join(scratch, 'artifacts')));
    const server = await startGitHubServer(state);
    return new RehearsedDelivery(scratch, steps, state, server.url, async () => {
      await steps.stop();
      await server.stop();
    });
  }

  readonly source = temporaryRepository(release('first'));
  private readonly cloud = temporaryFolder();
  private readonly trust = trustByRole();
  private runs = 0;

  private constructor(
    private readonly scratch: string,
    private readonly steps: StepServer,
    readonly state: HostingState,
    private readonly gitHubUrl: string,
    readonly stop: () => Promise<void>,
  ) {
    git(this.source, 'branch', 'develop');
    this.guard();
  }

  /** GitHub's settings as docs/deploying.md asks for them. */
  guard(): void {
    for (const environment of ['dev', 'dev-test', 'prod-test']) this.state.environments.set(environment, { reviewers: [], branches: ['develop', 'main'] });
    this.state.environments.set('prod', { reviewers: ['ada'], branches: ['main'] });
    this.state.protectedBranches.add('main');
  }

  /** What the stage runs: the mark of its release; undefined before the first. */
  deployed(stage: string): string | undefined {
    const file = join(this.cloud, `ai-multi-comms-${stage}`);
    return existsSync(file) ? z.object({ Description: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).Description : undefined;
  }

  /** Changes files on a branch. */
  change(branch: string, files: Readonly<Record<string, unknown>>): void {
    git(this.source, 'checkout', '--quiet', branch);
    writeFiles(this.source, files);
    commit(this.source);
  }

  merge(from: string, into: string): void {
    git(this.source, 'checkout', '--quiet', into);
    git(this.source, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'merge', '--quiet', '--no-ff', '--message', 'merge', from);
  }

  /** Changes one byte of a kept artifact's archive. */
  async tamper(run: string, prefix: string): Promise<void> {
    const [kept] = (await this.state.artifacts.list(run)).filter(({ name }) => name.startsWith(prefix));
    const archive = join(this.state.artifacts.folder, run, kept?.name ?? 'none', 'assembly.tar.gz');
    const bytes = readFileSync(archive);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(archive, bytes);
  }

  async run(name: string, branch: string, request: RunRequest = {}): Promise<Ran> {
    this.runs += 1;
    const id = String(this.runs);
    const hosted: HostedRun = {
      id: this.runs, path: `.github/workflows/${name}.yml`, event: request.inputs ? 'workflow_dispatch' : 'push', branch,
      tree: git(this.source, 'rev-parse', `${branch}^{tree}`), conclusion: null,
    };
    this.state.runs.push(hosted);
    const log: string[] = [];
    const asked: string[] = [];
    const result = await runWorkflow(await readWorkflow(this.fileOf(name)), {
      run: {
        id, repository: REPOSITORY, sha: git(this.source, 'rev-parse', branch), ref: `refs/heads/${branch}`, eventName: hosted.event, event: {},
        actor: 'ada', baseRef: '',
      },
      source: this.source, workspaces: join(this.scratch, `run-${id}`), artifacts: this.state.artifacts, variables: ACCOUNTS, inputs: request.inputs ?? {},
      environment: { PATH: process.env.PATH ?? '', HOME: this.scratch, GITHUB_API_URL: this.gitHubUrl, CLOUD: this.cloud },
      issueToken: (grants) => this.state.issueToken(grants),
      assumeRole: async (asking) => this.assumeRole(asking),
      approve: async (environment, job) => {
        asked.push(`${environment} ${job}`);
        return await request.approve?.(environment, id) ?? true;
      },
      replaceScript: (script) => this.replace(script),
      print: (line) => log.push(line),
    });
    hosted.conclusion = result.conclusion;
    return { ...result, id, asked, log: log.join('\n'), results: Object.fromEntries([...result.jobs].map(([job, { result: word }]) => [job, word])) };
  }

  private fileOf(name: string): string {
    const file = join(this.scratch, `${name}.yml`);
    writeFileSync(file, workflowTexts(STAGES).get(name) ?? '');
    return file;
  }

  /** As AWS does: by the role's own trust policy. */
  private async assumeRole({ roleArn, subject, audience }: RoleRequest): Promise<RoleCredentials> {
    const trusted = this.trust.get(roleArn.split('/').at(-1) ?? '');
    if (!trusted?.subjects.includes(subject) || trusted.audience !== audience) throw new ActionFailure(`Not authorized to perform sts:AssumeRoleWithWebIdentity on ${roleArn}`);
    return Promise.resolve({ accessKeyId: roleArn, secretAccessKey: 'secret', sessionToken: 'session' });
  }

  private replace(script: string): string {
    const pipeline = /^npx projen pipeline (.*)$/.exec(script)?.[1];
    if (pipeline !== undefined) return this.steps.script(pipeline);
    const [, assembly, stack] = /^npx cdk deploy --app (\S+) --build '' --exclusively (\S+) /.exec(script) ?? [];
    // Only the deploy role of the stack's own stage may deploy it.
    if (assembly !== undefined && stack !== undefined) {
      return `case "$AWS_ACCESS_KEY_ID" in *-deploy-${stack.replace('ai-multi-comms-', '')}) cp ${assembly}/${stack}.template.json "$CLOUD/${stack}" ;; *) exit 1 ;; esac`;
    }
    const [, task, stage] = /^npx projen (e2e|smoke) --stage (\w+)$/.exec(script) ?? [];
    if (task !== undefined && stage !== undefined) return `case "$AWS_ACCESS_KEY_ID" in *-test-${stage}) ! grep -q "fails ${task}" "$CLOUD/ai-multi-comms-${stage}" ;; *) exit 1 ;; esac`;
    const replaced = SLOW.get(script);
    if (replaced === undefined) throw new Error(`The rehearsal has nothing in the place of "${script}".`);
    return replaced;
  }
}

/** Commands whose real work has tests of its own. The build refuses a type error and writes the generated file anew. */
const SLOW: ReadonlyMap<string, string> = new Map([
  ['npm ci --ignore-scripts --no-audit --no-fund', 'true'],
  ['npx projen build', 'if grep -q "type error" code.ts; then exit 1; fi; echo generated > generated.yml'],
  ['npx projen synth:silent', 'cp -r assembly cdk.out'],
]);

/** Files of a release whose templates carry its mark: `fails e2e` or `fails smoke` in it makes these tests fail. */
export function release(mark: string): Readonly<Record<string, unknown>> {
  const template = (stage: string) => sampleAssembly({ stack: `ai-multi-comms-${stage}`, template: { Description: mark, Resources: { Queue: { Type: 'AWS::SQS::Queue' } } } });
  const { 'manifest.json': dev, ...devFiles } = template('dev');
  const { 'manifest.json': prod, ...prodFiles } = template('prod');
  const artifacts = z.object({ artifacts: z.record(z.string(), z.unknown()) });
  const manifest = { artifacts: { ...artifacts.parse(dev).artifacts, ...artifacts.parse(prod).artifacts } };
  const files = Object.entries({ ...devFiles, ...prodFiles, 'manifest.json': manifest }).map(([name, content]) => [`assembly/${name}`, content]);
  return { '.gitignore': 'cdk.out\ndist\n', 'code.ts': mark, 'generated.yml': 'generated\n', ...Object.fromEntries(files) };
}

/** Whom each role of the bootstrap stack trusts, by the role's name. */
function trustByRole(): ReadonlyMap<string, { readonly subjects: readonly string[]; readonly audience: string }> {
  const stages = STAGES.map(({ name, environment, region, tests }) => ({ name, environment, testEnvironment: `${environment}-test`, region, writesTestData: tests.writesTestData }));
  const stack = new BootstrapStack(new App(), 'bootstrap', { delivery: { repository: { owner: 'example-org', name: 'engine' }, stages }, stages, providerExists: false });
  const condition = z.object({ StringEquals: z.record(z.string(), z.union([z.string(), z.array(z.string())])) });
  const role = z.object({
    Properties: z.object({
      RoleName: z.string(),
      AssumeRolePolicyDocument: z.object({ Statement: z.tuple([z.object({ Condition: condition })]) }),
    }),
  });
  return new Map(Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map((resource) => {
    const { RoleName, AssumeRolePolicyDocument: { Statement: [{ Condition }] } } = role.parse(resource).Properties;
    const { 'token.actions.githubusercontent.com:sub': sub = [], 'token.actions.githubusercontent.com:aud': aud } = Condition.StringEquals;
    return [RoleName, { subjects: [sub].flat(), audience: String(aud) }];
  }));
}
