import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { Finding } from '../../core/ports/vendor-accounts';
import { readiness } from '../companies/readiness';
import type { OperationPorts } from '../ports';
import { checkSecret } from '../secrets/check-secret';

type Ports = Pick<OperationPorts, 'companies' | 'gatewayKeys' | 'names' | 'probe' | 'secrets' | 'vendors'>;

/** A finding with whose it is: what its remedy needs beside it. */
export interface StageFinding extends Finding {
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

type Examination = (ports: Ports) => Promise<readonly StageFinding[]>;

/** Everything that a stage needs to run, in the order in which one fault explains the next. */
const EXAMINATIONS: Readonly<Record<string, Examination>> = {
  'credentials': credentials,
  'stack': stack,
  'tables': tables,
  'queues': queues,
  'usage plan': usagePlan,
  'model keys': modelKeys,
  'companies': companies,
  'alarms': alarms,
};

/** Looks at a stage. `describe` gives the words for an examination that fails itself; the others go on. */
export async function examineStage(
  ports: Ports, describe: (attempted: string, error: unknown) => string,
): Promise<readonly StageFinding[]> {
  const found = await Promise.all(Object.entries(EXAMINATIONS).map(async ([subject, examine]) => {
    try {
      return await examine(ports);
    } catch (error) {
      return [fault(subject, describe(`Looking at the ${subject}`, error))];
    }
  }));
  return found.flat();
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

async function companies(ports: Ports): Promise<readonly StageFinding[]> {
  const listed = (await ports.companies.list()).filter(({ project_status: status }) => status === 'active');
  if (listed.length === 0) {
    return [{ subject: 'companies', verdict: 'warning', words: 'no project is active: begin with company init' }];
  }
  const found = await Promise.all(listed.map(async ({ company_id: company, project_id: project }) => {
    const channels = await readiness(ports, await ports.companies.find(company, project) ?? {});
    const name = `company ${company} ${project}`;
    const faults = channels.flatMap(({ channel, problems }) => problems.map((problem): StageFinding => (
      { ...problem, subject: `${name}, ${channel}, ${problem.subject}`, company, project, channel }
    )));
    return faults.length > 0 ? faults : [ok(name, `${channels.map(({ channel }) => channel).join(', ')} ready`)];
  }));
  return found.flat();
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
