import type { Environment } from 'aws-cdk-lib';
import { CfnOutput, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CHANNELS } from '../core/channel';
import { API_URL_OUTPUT, CONSOLE_URL_OUTPUT, resourceNames } from '../core/names';
import { WEBHOOK_PATHS } from '../providers/vendors';
import { NEW_VERSION } from './alarm-rules';
import { Alarms } from './alarms';
import { AlertsTopic } from './alerts-topic';
import { EngineApi, OPEN_PATHS, UNSUBSCRIBE_ROUTE } from './api';
import { canceller } from './canceller';
import { EngineChannel } from './channel';
import { clientReplies } from './client-replies';
import { boundaryName, qualifierOf } from './bootstrap/role-names';
import { EngineConsole } from './console';
import { dashboard } from './dashboard';
import { dryRun } from './dry-run';
import type { EngineLambda } from './engine-lambda';
import { EngineEvents } from './events';
import { EngineMetrics } from './engine-metrics';
import { handoffQueue } from './handoff-queue';
import { reader } from './reader';
import { reconciler } from './reconciler';
import { Records } from './records';
import { Release } from './release';
import { router } from './router';
import type { StageSettings } from './stages';
import { Turns } from './turns';
import { vendorWebhooks } from './vendor-webhooks';
import type { Watched } from './watched';

/** The whole engine of one stage: request → router → queue → processor → record, and the alarms. */
export class EngineStack extends Stack {
  constructor(scope: Construct, stage: StageSettings, env: Environment) {
    super(scope, resourceNames(stage.name).stack, {
      env,
      description: `AI Multi-Comms Engine, stage ${stage.name}`,
      terminationProtection: stage.guarded,
      analyticsReporting: false,
      synthesizer: new DefaultStackSynthesizer({ qualifier: qualifierOf(stage.name) }),
    });
    boundRoles(this, stage);
    const api = new EngineApi(this, 'Api', stage);
    const records = new Records(this, 'Records', stage);
    const handoff = handoffQueue(this, stage);
    const turns = new Turns(this, 'Turns', stage);
    const shared = { stage, records, handoff, turns: turns.queue, receiptsUrl: api.url };
    const channels = CHANNELS.map((channel) => new EngineChannel(this, channel, { ...shared, channel }));
    const served = clientFunctions(this, { stage, records, channels });
    const events = new EngineEvents(this, 'Events', { stage, records });
    serveClients(api, served);
    serveEvents(api, events.calls);

    const webhooks = vendorWebhooks(this, shared);
    for (const path of WEBHOOK_PATHS) api.postForVendors(path, webhooks);
    api.forRecipients(UNSUBSCRIBE_ROUTE, webhooks);

    const reconcilerFunction = reconciler(this, { stage, records, channels, turns: turns.queue });
    const people = stage.console
      && new EngineConsole(this, 'Console', { stage, settings: stage.console, records, channels, deliveries: events.queue });
    const functions = {
      'router': served.requests,
      'conversation-reader': served.inquiries,
      'conversation-canceller': served.cancellations,
      'dry-run': served.dryRuns,
      'client-replies': served.replies,
      'vendor-webhooks': webhooks,
      'conversation-turns': turns.worker({ stage, records, handoff, channels }),
      'reconciler': reconcilerFunction,
      'event-api': events.calls,
      'event-publisher': events.publisher,
      'event-deliveries': events.deliveries,
      ...(people && { console: people.worker }),
      ...Object.fromEntries(channels.map(({ channel, processor }) => [`${channel}-processor`, processor])),
    };
    const parts = { functions, channels, turns, handoff, deliveries: events, api, consoleApi: people?.api };
    const watched = watchedParts(stage, parts);
    const alerts = new AlertsTopic(this, 'Alerts', stage);
    const alarms = new Alarms(this, 'Alarms', stage.name, watched, alerts.topic);
    dashboard(this, stage.name, watched, alarms.all);
    new Release(this, 'Release', { stage, live: watched.live, alarmOf: (name) => alarms.of(name, NEW_VERSION) });
    warnIfAlarmsHaveNoSubscriber(this, stage);

    tellOthers(this, {
      [API_URL_OUTPUT]: api.url,
      ApiKeyId: api.apiKey.keyId,
      UsagePlanId: api.usagePlanId,
      CompanyTable: records.companies.tableName,
      ConversationTable: records.conversations.tableName,
      HandoffQueueUrl: handoff.queueUrl,
      AlertsTopicArn: alerts.topic.topicArn,
      ...(people && { [CONSOLE_URL_OUTPUT]: people.url }),
    });
  }
}

/** What other tools find the stack's parts by. */
function tellOthers(stack: Stack, outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
}

function clientFunctions(stack: Stack, { stage, records, channels }: {
  readonly stage: StageSettings;
  readonly records: Records;
  readonly channels: readonly EngineChannel[];
}) {
  return {
    requests: router(stack, { stage, records, channels }),
    inquiries: reader(stack, { stage, records }),
    cancellations: canceller(stack, { stage, records }),
    dryRuns: dryRun(stack, { stage, records }),
    replies: clientReplies(stack, { stage, records, channels }),
  };
}

/** What clients call. A message and the conversation that began with it are one record, under either path. */
function serveClients(
  api: EngineApi,
  { requests, inquiries, cancellations, dryRuns, replies }: ReturnType<typeof clientFunctions>,
): void {
  api.forClients('POST', '/initiate-conversation', requests);
  for (const path of ['/conversations/{conversation_id}', '/messages/{conversation_id}']) {
    api.forClients('GET', path, inquiries);
    api.forClients('POST', `${path}/cancel`, cancellations);
  }
  api.forClients('GET', '/messages', inquiries);
  api.forClients('GET', '/templates', inquiries);
  for (const path of OPEN_PATHS) api.forEveryone(path, inquiries);
  api.forClients('POST', '/dry-run', dryRuns);
  for (const action of ['replies', 'take-over', 'return', 'acknowledge']) {
    api.forClients('POST', `/conversations/{conversation_id}/${action}`, replies);
  }
}

/** What clients' keys do with their own endpoints and events. */
function serveEvents(api: EngineApi, eventCalls: EngineLambda): void {
  api.forClients(['GET', 'POST'], '/event-endpoints', eventCalls);
  api.forClients('DELETE', '/event-endpoints/{endpoint_id}', eventCalls);
  for (const action of ['rotate', 'test']) {
    api.forClients('POST', `/event-endpoints/{endpoint_id}/${action}`, eventCalls);
  }
  api.forClients('GET', '/events', eventCalls);
  api.forClients('POST', '/events/{event_id}/replay', eventCalls);
}

/** What alarms and dashboard look at. */
function watchedParts(
  stage: StageSettings,
  { functions, api, ...parts }: Pick<Watched, 'channels' | 'turns' | 'handoff' | 'deliveries' | 'consoleApi'> & {
    readonly functions: Readonly<Record<string, EngineLambda>>;
    readonly api: EngineApi;
  },
): Watched {
  const made = Object.entries(functions);
  return {
    ...parts,
    metrics: new EngineMetrics(stage.name),
    functions: Object.fromEntries(made.map(([name, { target }]) => [name, target])),
    live: Object.fromEntries(made.map(([name, { live }]) => [name, live])),
    apiStage: api.restApi.deploymentStage,
  };
}

/** The functions' roles too: a changed template of one stage must not reach another of the account. */
function boundRoles(stack: Stack, stage: StageSettings): void {
  const boundary = ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', boundaryName(stage.name));
  PermissionsBoundary.of(stack).apply(boundary);
}

function warnIfAlarmsHaveNoSubscriber(stack: Stack, stage: StageSettings): void {
  if (!stage.guarded || stage.alertEmail) return;
  Validations.of(stack).addWarning(
    'ai-multi-comms:alarms-without-subscriber',
    `The alarms of ${stage.name} have no subscriber: set alertEmail in src/infra/stages.ts, or subscribe to the topic ` +
      `${resourceNames(stage.name).alertsTopic} by hand.`,
  );
}
