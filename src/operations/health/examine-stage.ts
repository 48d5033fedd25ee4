import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { CompanySummary } from '../../core/ports/company-records';
import type { Finding } from '../../core/ports/vendor-accounts';
import { readiness } from '../companies/readiness';
import { verifyAnswers } from '../companies/verify-answers';
import { verifyCompany } from '../companies/verify-company';
import type { OperationPorts } from '../ports';
import { checkSecret } from '../secrets/check-secret';

type Ports = Pick<
  OperationPorts,
  'clock' | 'companies' | 'directory' | 'gatewayKeys' | 'model' | 'names' | 'probe' | 'secrets' | 'vendors'
>;

/** A finding with whose it is: what its remedy needs beside it. */
export interface StageFinding extends Finding {
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

/** How a stage is examined. */
export interface ExaminationOptions {
  /** The words for an examination that fails itself; the others go on. */
  readonly describe: (attempted: string, error: unknown) => string;
  /** Whether each active company's vendors are asked, as by `company verify` without its dry run. Sends nothing. */
  readonly asksVendors: boolean;
}

type Examination = (ports: Ports, options: ExaminationOptions) => Promise<readonly StageFinding[]>;

/** Everything that a stage needs to run, in the order in which one fault explains the next. */
const EXAMINATIONS: Readonly<Record<string, Examination>> = {
  'stack': stack,
  'tables': tables,
  'queues': queues,
  'usage plan': usagePlan,
  'model keys': modelKeys,
  'companies': companies,
  'alarms': alarms,
};

/** Companies whose vendors are asked at once. */
const AT_ONCE = 4;

/** Looks at a stage. Without credentials nothing else can be seen, and is not looked at. */
export async function examineStage(ports: Ports, options: ExaminationOptions): Promise<readonly StageFinding[]> {
  const examined = async (subject: string, examine: Examination) => {
    try {
      return await examine(ports, options);
    } catch (error) {
      return [fault(subject, options.describe(`Looking at the ${subject}`, error))];
    }
  };
  const access = await examined('credentials', credentials);
  if (access.some(({ verdict }) => verdict === 'fault')) return access;
  const found = await Promise.all(
    Object.entries(EXAMINATIONS).map(async ([subject, examine]) => examined(subject, examine)),
  );
  return [...access, ...found.flat()];
}

async function credentials({ probe }: Ports): Promise<readonly Finding[]> {
  if (probe.kind === 'local') return [ok('credentials', 'the local stage has let this shell in')];
  return [ok('credentials', `signed in as ${await probe.caller() ?? 'an unnamed caller'}`)];
}

async function stack({ names, probe }: Ports): Promise<readonly Finding[]> {
  if (probe.kind === 'local') return [ok('stack', `runs on this machine, at ${await probe.apiUrl()}`)];
  const status = await probe.stackStatus() ?? 'missing';
  if (/^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) {
    return [ok('stack', `${names.stack} is ${status}, at ${await probe.apiUrl()}`)];
  }
  const words = `${names.stack} is ${status}: wait for it to end, or look at its events and deploy again`;
  return [{ subject: 'stack', verdict: /_IN_PROGRESS$/.test(status) ? 'warning' : 'fault', words }];
}

async function tables({ names, probe }: Ports): Promise<readonly Finding[]> {
  return Promise.all([names.companyTable, names.conversationTable].map(async (name) => {
    const status = await probe.tableStatus(name) ?? 'missing';
    const subject = `table ${name}`;
    if (status === 'ACTIVE') return ok(subject, 'is there');
    return status === 'UPDATING'
      ? ok(subject, 'is being updated')
      : fault(subject, `is ${status}: deploy the stack again`);
  }));
}

async function queues({ names, probe }: Ports): Promise<readonly Finding[]> {
  const wanted = [
    ...CHANNELS.flatMap((channel) => [names.queue(channel), names.deadLetterQueue(channel)]),
    names.handoffQueue,
  ];
  return Promise.all(
    wanted.map(async (name) =>
      (await probe.hasQueue(name))
        ? ok(`queue ${name}`, 'is there')
        : fault(`queue ${name}`, 'is not there: deploy the stack again'),
    ),
  );
}

async function usagePlan({ gatewayKeys, names }: Ports): Promise<readonly Finding[]> {
  const subject = `usage plan ${names.usagePlan}`;
  if (await gatewayKeys.planId() !== undefined) return [ok(subject, 'is there')];
  return [fault(subject, 'is not in this account and region: deploy the stack again')];
}

async function modelKeys(ports: Ports): Promise<readonly StageFinding[]> {
  return Promise.all(CHANNELS.map(async (channel): Promise<StageFinding> => {
    const name = ports.names.modelSecret(channel);
    const { complete, problem } = await checkSecret(ports, { kind: 'model', channel, name });
    const subject = `secret ${name}`;
    return complete ? ok(subject, 'is complete') : { ...fault(subject, problem), remedy: 'store_model_key', channel };
  }));
}

async function companies(ports: Ports, { asksVendors }: ExaminationOptions): Promise<readonly StageFinding[]> {
  const listed = (await ports.companies.list()).filter(({ project_status: status }) => status === 'active');
  if (listed.length === 0) {
    return [{ subject: 'companies', verdict: 'warning', words: 'no project is active: begin with company init' }];
  }
  const found: StageFinding[] = [];
  for (let start = 0; start < listed.length; start += AT_ONCE) {
    const examined = listed.slice(start, start + AT_ONCE).map(async (one) => examineCompany(ports, one, asksVendors));
    found.push(...(await Promise.all(examined)).flat());
  }
  return found;
}

async function examineCompany(
  ports: Ports,
  { company_id: company, project_id: project }: CompanySummary,
  asksVendors: boolean,
): Promise<readonly StageFinding[]> {
  const record = (await ports.companies.find(company, project)) ?? {};
  const name = `company ${company} ${project}`;
  const whose = (channel: Channel, one: Finding): StageFinding => (
    { ...one, subject: `${name}, ${channel}, ${one.subject}`, company, project, channel }
  );
  const channels = await readiness(ports, record);
  const answers = verifyAnswers(ports, record).filter(({ verdict }) => verdict !== 'ok');
  const faults = [
    ...channels.flatMap(({ channel, problems }) => problems.map((problem) => whose(channel, problem))),
    ...answers.map((one): StageFinding => ({ ...one, subject: `${name}, ${one.subject}`, company, project })),
  ];
  const words = channels.map(({ channel }) => channel).join(', ');
  if (!asksVendors) return faults.length > 0 ? faults : [ok(name, `${words} ready`)];
  // What is not ready has been named already.
  const ready = channels.filter((one) => one.ready).map(({ channel }) => channel);
  const verified = await Promise.all(
    ready.map(async (channel) => verifyCompany(ports, { record, channel, withDryRun: false })),
  );
  const findings = verified.flatMap((result) => (result.outcome === 'verified' ? result.findings : []));
  const wrong = findings.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'skipped');
  const all = [...faults, ...wrong.map((one) => whose(one.channel, one))];
  return all.length > 0 ? all : [ok(name, `${words} ready, and verified with the vendors`)];
}

async function alarms({ names, probe }: Ports): Promise<readonly Finding[]> {
  const subject = `alarms' topic ${names.alertsTopic}`;
  const subscribers = await probe.alarmSubscribers();
  if (subscribers.topic === 'missing') return [fault(subject, 'is not there: deploy the stack again')];
  const { confirmed, unconfirmed } = subscribers;
  if (confirmed > 0) return [ok(subject, `notifies ${confirmed} subscriber${confirmed === 1 ? '' : 's'}`)];
  if (probe.kind === 'local') {
    return [{ subject, verdict: 'skipped', words: "a local stage's alarms notify no subscriber" }];
  }
  return [fault(subject, unconfirmed > 0
    ? 'its subscription is not confirmed: open AWS\'s mail "Subscription Confirmation" and follow its link'
    : 'it has no subscriber: set alertEmail in src/infra/stages.ts and deploy, or subscribe by hand')];
}

function ok(subject: string, words: string): Finding {
  return { subject, verdict: 'ok', words };
}

function fault(subject: string, words: string): Finding {
  return { subject, verdict: 'fault', words };
}
