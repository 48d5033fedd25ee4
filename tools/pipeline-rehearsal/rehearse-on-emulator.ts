import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ENV_VARS } from '../../src/core/env-vars';
import { vendorUrlVariable } from '../../src/core/ports/vendor';
import { palette } from '../local-stage/terminal';
import { startVendors } from '../vendor-simulators/start-vendors';
import type { Vendors } from '../vendor-simulators/start-vendors';
import { runProgram } from '../run-program';
import type { EmulatorCapability } from './emulator-capabilities';
import { measureCapabilities } from './emulator-capabilities';
import { prepareAccount } from './account';
import { adoptManualStage, MANUAL_ACCOUNT, workspaceWithAssembly } from './adoption-scenario';
import type { Scenario } from './scenarios';
import { runScenarios } from './scenarios';
import { deliveryScenarios } from './delivery/delivery-scenarios';
import { DeliveryRehearsal } from './delivery/delivery-rehearsal';
import { DeployedStageView } from './delivery/deployed-stage';
import { assumeRole } from './delivery/identity-token';
import type { PipelineFacts } from './delivery/pipeline-facts';
import { readPipelineFacts } from './delivery/pipeline-facts';
import { RehearsedRepository } from './delivery/rehearsed-repository';
import { EMULATOR_COPY } from './delivery/script-replacements';
import type { TakenOutOfStack } from './emulator-copy/copy-assembly';
import { rehearseTakeover, TAKEOVER_ACCOUNTS } from './takeover/takeover-scenario';
import type { TakenOverStage } from './takeover/takeover-scenario';
import { reportLines } from './report';

export interface RehearsalOptions {
  readonly projectFolder: string;
  readonly emulator: string;
  /** Lint and tests of this very tree have run, so that the build need not repeat them. */
  readonly isChecked: boolean;
  /** This process's own variables; they lead to the emulator as its administrator. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isColoured: boolean;
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Rehearses the whole delivery on an emulator that runs. Answers whether everything went as it must. */
export async function rehearseOnEmulator(options: RehearsalOptions): Promise<boolean> {
  const facts = await readPipelineFacts(options.projectFolder);
  const scratch = await mkdtemp(join(tmpdir(), 'rehearsal-'));
  const vendors = await startVendors();
  try {
    return await new Rehearsal(options, facts, scratch, vendors).perform();
  } finally {
    await vendors.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What of this machine's variables a job may see. */
const PASSED_ON = ['PATH', 'LANG', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'] as const;

class Rehearsal {
  private readonly begun = performance.now();
  private capabilities: readonly EmulatorCapability[] = [];
  private readonly views = new Map<string, DeployedStageView>();

  constructor(
    private readonly options: RehearsalOptions,
    private readonly facts: PipelineFacts,
    private readonly scratch: string,
    private readonly vendors: Vendors,
  ) {}

  async perform(): Promise<boolean> {
    const { options, facts, scratch } = this;
    const account = await this.account();
    for (const folder of ['home', 'tmp']) await mkdir(join(scratch, folder));
    await writeFile(this.takenOutFile(), '');
    const repository = await RehearsedRepository.of({
      projectFolder: options.projectFolder, folder: join(scratch, 'repository'), branches: [facts.deliveryBranch, facts.promotionBranch], path: options.environment.PATH ?? '',
    });
    const delivery = await DeliveryRehearsal.start({
      projectFolder: options.projectFolder, scratch, facts, repository, account, environment: this.jobEnvironment(),
      prepareJob: async (environment) => this.prepareJob(environment), signal: options.signal, logFolder: join(options.projectFolder, '.local/rehearsal/logs'), print: options.print,
    });
    try {
      const rows = await runScenarios(this.scenarios(delivery, repository, account), {
        signal: options.signal, now: () => performance.now(), print: options.print,
      });
      const report = {
        emulator: options.emulator, rows, capabilities: this.capabilities, takenOut: this.takenOut(),
        replaced: [...delivery.replaced].map(([script, instead]) => [script.split('\u0000')[0] ?? '', instead] as const),
        executed: [...delivery.executed], seconds: (performance.now() - this.begun) / 1000,
      };
      for (const line of reportLines(report, palette(options.isColoured))) options.print(line);
      return rows.every(({ result }) => result === 'as expected');
    } finally {
      await delivery.stop();
    }
  }

  private scenarios(delivery: DeliveryRehearsal, repository: RehearsedRepository, account: string): readonly Scenario[] {
    const { options, facts } = this;
    const view = (stage: string) => this.view(stage);
    const [first, ...others] = deliveryScenarios({ delivery, repository, facts, firstBuild: options.isChecked ? 'checked-before' : 'whole', view });
    return [
      { title: 'the account is prepared: npx projen bootstrap', vital: true, run: async () => this.prepare(account) },
      ...(first ? [first] : []),
      { title: 'what the emulator enforces is measured', vital: false, run: async () => this.measure(account, view) },
      ...others,
      { title: 'adopt: a stage that was made by hand', vital: false, run: async () => this.adopt() },
      { title: 'takeover: the previous engine\'s hand-made dev', vital: false, run: async () => this.takeOver('dev') },
      { title: 'takeover: the previous engine\'s SAM stack of prod', vital: false, run: async () => this.takeOver('prod') },
    ];
  }

  /** The emulator knows no tags in conditions on API keys, so that the test role can make none: the suite is given the administrator's. */
  private async prepareJob(environment: string): Promise<Readonly<Record<string, string>>> {
    const stage = this.facts.delivered.find(({ testEnvironment }) => testEnvironment === environment);
    if (!stage) return {};
    await this.view(stage.name).onboard();
    return { ENGINE_KEY: await this.view(stage.name).makeKey() };
  }

  private async adopt() {
    const [stage] = this.facts.delivered;
    const workspace = stage && await workspaceWithAssembly(this.scratch, EMULATOR_COPY, `deploy-${stage.name}`);
    if (!workspace) throw new Error('no job left an assembly to adopt for');
    return adoptManualStage({
      projectFolder: this.options.projectFolder, workspace, assembly: EMULATOR_COPY, stage, run: runProgram,
      environment: { ...this.jobEnvironment(), AWS_ACCESS_KEY_ID: MANUAL_ACCOUNT, AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: stage.region, AWS_DEFAULT_REGION: stage.region },
    });
  }

  private async takeOver(stage: TakenOverStage) {
    const { facts, options, scratch } = this;
    const [first] = facts.delivered;
    const workspace = first && await workspaceWithAssembly(scratch, EMULATOR_COPY, `deploy-${first.name}`);
    const region = [...facts.delivered, ...facts.promoted].find(({ name }) => name === stage)?.region;
    if (!workspace || region === undefined) throw new Error('no job left an assembly to take over for');
    const variables = this.jobEnvironment();
    // The SAM translator is installed beside the emulator.
    const path = `${join(options.projectFolder, '.local/rehearsal/python/bin')}:${variables.PATH ?? ''}`;
    const environment = {
      ...variables, PATH: path, AWS_ACCESS_KEY_ID: TAKEOVER_ACCOUNTS[stage], AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region, AWS_DEFAULT_REGION: region,
    };
    return rehearseTakeover({ workspace, assembly: EMULATOR_COPY, stage, region, environment, run: runProgram });
  }

  private async prepare(account: string) {
    const { options, facts } = this;
    const environment = { ...this.jobEnvironment(), ...given(options.environment, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) };
    await prepareAccount({ projectFolder: options.projectFolder, facts, account, environment, run: runProgram, print: options.print });
    return { seen: `account ${account}: CDK's stack, a deploy and a test role a stage` };
  }

  private async measure(account: string, view: (stage: string) => DeployedStageView) {
    const [stage] = this.facts.delivered;
    if (!stage) throw new Error('the pipeline delivers to no stage');
    this.capabilities = await measureCapabilities({
      stage, view: view(stage.name), repository: this.facts.repository,
      deployRole: `arn:aws:iam::${account}:role/ai-multi-comms-deploy-${stage.name}`,
      assumeRole: async (request) => assumeRole(request, Date.now()),
    });
    return { seen: this.capabilities.map(({ name, isEnforced }) => `${name}: ${typeof isEnforced === 'string' ? 'not tried' : isEnforced ? 'yes' : 'no'}`).join('; ') };
  }

  private view(stage: string): DeployedStageView {
    const view = this.views.get(stage) ?? this.newView(stage);
    this.views.set(stage, view);
    return view;
  }

  private newView(stage: string): DeployedStageView {
    const region = [...this.facts.delivered, ...this.facts.promoted].find(({ name }) => name === stage)?.region ?? 'us-east-1';
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = this.options.environment;
    return new DeployedStageView({ stage, region, endpoint, credentials: { accessKeyId, secretAccessKey }, vendors: this.vendors });
  }

  private async account(): Promise<string> {
    const client = new STSClient();
    try {
      const { Account: account } = await client.send(new GetCallerIdentityCommand());
      return account ?? '';
    } finally {
      client.destroy();
    }
  }

  private jobEnvironment(): Readonly<Record<string, string>> {
    const { scratch, vendors } = this;
    const { twilio, sendgrid, openai } = vendors;
    const variables = { [vendorUrlVariable('twilio')]: twilio.url, [vendorUrlVariable('sendgrid')]: sendgrid.url, [ENV_VARS.openaiUrl]: openai.url };
    return {
      ...given(this.options.environment, PASSED_ON),
      HOME: join(scratch, 'home'),
      TMPDIR: join(scratch, 'tmp'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      npm_config_update_notifier: 'false',
      NO_COLOR: '1',
      REHEARSAL_VARIABLES: JSON.stringify(variables),
      REHEARSAL_TAKEN_OUT: this.takenOutFile(),
      // For the end-to-end suite, which sets its accounts up there and checks deliveries.
      TWILIO_SIMULATOR: twilio.url,
      SENDGRID_SIMULATOR: sendgrid.url,
    };
  }

  private takenOutFile(): string {
    return join(this.scratch, 'taken-out.jsonl');
  }

  private takenOut(): readonly TakenOutOfStack[] {
    const lines = readFileSync(this.takenOutFile(), 'utf8').split('\n').filter((line) => line !== '');
    return [...new Set(lines)].map((line): TakenOutOfStack => JSON.parse(line));
  }
}

function given(environment: Readonly<Record<string, string | undefined>>, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  }));
}
