import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { ListSubscriptionsByTopicCommand, paginateListTopics } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { CHANNELS } from '../../core/channel';
import { awsFailure } from '../command-error';
import { companyStores } from '../companies/company-stores';
import { readiness } from '../companies/show';
import { GatewayKeys } from '../keys/gateway-keys';
import { checkStoredSecret } from '../secrets/secret-commands';
import type { StageClients } from '../stage-clients';

/** One thing that was looked at. `warning`: the stage runs, but somebody should look. */
export interface Examined {
  readonly subject: string;
  readonly verdict: 'ok' | 'warning' | 'fault' | 'skipped';
  /** What was found, and what to do where it is not well. */
  readonly words: string;
}

type Examination = (clients: StageClients) => Promise<readonly Examined[]>;

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

/** Looks at a stage; an examination that itself fails is a fault with its reason, and the others go on. */
export async function examine(clients: StageClients): Promise<readonly Examined[]> {
  const found = await Promise.all(Object.entries(EXAMINATIONS).map(async ([subject, look]) => {
    try {
      return await look(clients);
    } catch (error) {
      const { message } = awsFailure(`Looking at the ${subject}`, error);
      return [{ subject, verdict: 'fault' as const, words: message }];
    }
  }));
  return found.flat();
}

async function credentials({ stage, identity }: StageClients): Promise<readonly Examined[]> {
  if (stage === 'local') return [{ subject: 'credentials', verdict: 'ok', words: 'the local stage has let this shell in' }];
  const { Arn: arn } = await identity.send(new GetCallerIdentityCommand({}));
  return [{ subject: 'credentials', verdict: 'ok', words: `signed in as ${arn ?? 'nobody'}` }];
}

async function stack({ stage, stacks, names, apiUrl }: StageClients): Promise<readonly Examined[]> {
  if (stage === 'local') return [{ subject: 'stack', verdict: 'ok', words: `runs on this machine, at ${await apiUrl()}` }];
  const { Stacks: found = [] } = await stacks.send(new DescribeStacksCommand({ StackName: names.stack }));
  const status = found[0]?.StackStatus ?? 'missing';
  if (!/^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) {
    return [{ subject: 'stack', verdict: /_IN_PROGRESS$/.test(status) ? 'warning' : 'fault', words: `${names.stack} is ${status}: wait for it to end, or look at its events and deploy again` }];
  }
  return [{ subject: 'stack', verdict: 'ok', words: `${names.stack} is ${status}, at ${await apiUrl()}` }];
}

async function tables({ tables: { client }, names }: StageClients): Promise<readonly Examined[]> {
  return Promise.all([names.companyTable, names.conversationTable].map(async (name): Promise<Examined> => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const status = table?.TableStatus ?? 'missing';
    return { subject: `table ${name}`, verdict: status === 'ACTIVE' || status === 'UPDATING' ? 'ok' : 'fault', words: status === 'ACTIVE' ? 'is there' : `is ${status}: deploy the stack again` };
  }));
}

async function queues({ queues: client, names }: StageClients): Promise<readonly Examined[]> {
  const wanted = [...CHANNELS.flatMap((channel) => [names.queue(channel), names.deadLetterQueue(channel)]), names.handoffQueue];
  return Promise.all(wanted.map(async (name): Promise<Examined> => {
    await client.send(new GetQueueUrlCommand({ QueueName: name })).catch((error: unknown) => { throw awsFailure(`Looking for the queue ${name}`, error); });
    return { subject: `queue ${name}`, verdict: 'ok', words: 'is there' };
  }));
}

async function usagePlan(clients: StageClients): Promise<readonly Examined[]> {
  await new GatewayKeys(clients).planId();
  return [{ subject: `usage plan ${clients.names.usagePlan}`, verdict: 'ok', words: 'is there' }];
}

async function modelKeys(clients: StageClients): Promise<readonly Examined[]> {
  return Promise.all(CHANNELS.map(async (channel): Promise<Examined> => {
    const name = clients.names.modelSecret(channel);
    const { complete, problem } = await checkStoredSecret(clients, { kind: 'model', channel, name });
    return complete
      ? { subject: `secret ${name}`, verdict: 'ok', words: 'is complete' }
      : { subject: `secret ${name}`, verdict: 'fault', words: `${problem ?? ''}: store it with secret set model --channel ${channel}` };
  }));
}

async function companies(clients: StageClients): Promise<readonly Examined[]> {
  const { companies: store } = companyStores(clients);
  const listed = (await store.list()).filter(({ project_status: status }) => status === 'active');
  if (listed.length === 0) return [{ subject: 'companies', verdict: 'warning', words: 'no project is active: begin with company init' }];
  return Promise.all(listed.map(async ({ company_id: company, project_id: project }): Promise<Examined> => {
    const channels = await readiness(clients, await store.find(company, project) ?? {});
    const problems = channels.flatMap(({ channel, problems: found }) => found.map((problem) => `${channel}: ${problem}`));
    const subject = `company ${company} ${project}`;
    return problems.length === 0
      ? { subject, verdict: 'ok', words: `${channels.map(({ channel }) => channel).join(', ')} ready` }
      : { subject, verdict: 'fault', words: problems.join('; ') };
  }));
}

async function alarms({ topics, names, stage }: StageClients): Promise<readonly Examined[]> {
  const subject = `alarms' topic ${names.alertsTopic}`;
  const arn = await topicArn(topics, names.alertsTopic);
  if (arn === undefined) return [{ subject, verdict: 'fault', words: 'is not there: deploy the stack again' }];
  const { Subscriptions: subscriptions = [] } = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }));
  const confirmed = subscriptions.filter(({ SubscriptionArn: subscription }) => subscription?.startsWith('arn:'));
  if (confirmed.length > 0) return [{ subject, verdict: 'ok', words: `tells ${confirmed.length} subscriber${confirmed.length === 1 ? '' : 's'}` }];
  if (stage === 'local') return [{ subject, verdict: 'skipped', words: 'nobody is told of a local stage\'s alarms' }];
  return [{
    subject, verdict: 'fault', words: subscriptions.length > 0
      ? 'its subscription is not confirmed: open AWS\'s mail "Subscription Confirmation" and follow its link'
      : 'nobody is subscribed: set alertEmail in src/infra/stages.ts and deploy, or subscribe by hand',
  }];
}

async function topicArn(client: StageClients['topics'], name: string): Promise<string | undefined> {
  for await (const { Topics: topics = [] } of paginateListTopics({ client }, {})) {
    const found = topics.find(({ TopicArn: arn }) => arn?.endsWith(`:${name}`));
    if (found) return found.TopicArn;
  }
  return undefined;
}
